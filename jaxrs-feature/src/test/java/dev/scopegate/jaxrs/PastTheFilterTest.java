package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.servlet.BearerTokenFilter;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The servlet filter stands before everything, but another filter before it forwards, and the filter is not asked again. */
class PastTheFilterTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Guarded.class).change(PastTheFilterTest::addFilters);

    private static void addFilters(ServletContextHandler context) {
        EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
        Filter shortCut = (request, response, chain) -> {
            String path = ((HttpServletRequest) request).getPathInfo();
            if (!path.startsWith("/past/")) chain.doFilter(request, response);
            else request.getRequestDispatcher(path.substring("/past".length())).forward(request, response);
        };
        context.addFilter(new FilterHolder(shortCut), "/*", requests);
        FilterHolder filter = new FilterHolder(new BearerTokenFilter());
        filter.setInitParameter("scope-rules", "* /** permit");
        context.addFilter(filter, "/*", requests);
    }

    @Test
    void theResourceSeesWhoItIsAllTheSame() {
        String token = SERVER.tokens.mint("public");

        assertThat(SERVER.getAs(Front.NONE, token, "/guarded")).hasToString("200 alice BEARER same");
        assertThat(SERVER.getAs(Front.NONE, token, "/past/guarded")).hasToString("200 alice BEARER same");
        assertThat(SERVER.get(Front.NONE, "/past/guarded/open")).hasToString("200 nobody");
        assertThat(SERVER.getAs(Front.NONE, token, "/past/guarded/open")).hasToString("200 alice");
    }

    @Test
    void whoeverMayNotIsRefused() {
        String elsewhere = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("10.0.0.0/8"))));
        String here = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("127.0.0.0/8"))));

        assertThat(SERVER.get(Front.NONE, "/past/guarded")).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.unknown(), "/past/guarded"))
                .hasToString("401 invalid_token");
        assertThat(SERVER.getAs(Front.NONE, elsewhere, "/past/guarded")).hasToString("403 ip_not_allowed");
        assertThat(SERVER.getAs(Front.NONE, here, "/past/guarded").status()).isEqualTo(200);
    }

    @Test
    void whatExistsIsToldToNoStranger() {
        for (String path : List.of("/missing", "/past/missing")) {
            assertThat(SERVER.get(Front.NONE, path)).hasToString("401 not_authenticated");
            assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), path)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(SERVER.send(Front.NONE, "DELETE", "/past/guarded", "")).hasToString("401 not_authenticated");
    }

    @Path("guarded")
    public static class Guarded {
        @GET
        public String who(
                @Context SecurityContext security,
                @Context ContainerRequestContext request,
                @Context HttpServletRequest servletRequest) {
            boolean same = security.getUserPrincipal() == AccessToken.current(request::getProperty)
                    && security.getUserPrincipal() == AccessToken.current(servletRequest::getAttribute);
            return security.getUserPrincipal().getName()
                    + ' '
                    + security.getAuthenticationScheme()
                    + (same ? " same" : " different");
        }

        @GET
        @Path("open")
        @PermitAll
        public String open(@Context SecurityContext security) {
            return security.getUserPrincipal() == null
                    ? "nobody"
                    : security.getUserPrincipal().getName();
        }
    }
}
