package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.servlet.BearerTokenFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The servlet filter stands before everything, but another filter before it forwards, and the filter is not asked again. */
class PastTheFilterTest {
    @RegisterExtension
    static final ResourceServer SERVER =
            ResourceServer.of(IdentityTest.WhoAmI.class).change(PastTheFilterTest::addFilters);

    private static final String ALICE =
            "200 alice BEARER false public:true data.data:false admin:false nothing:false same";

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

        assertThat(SERVER.getAs(Front.NONE, token, "/me")).hasToString(ALICE);
        assertThat(SERVER.getAs(Front.NONE, token, "/past/me")).hasToString(ALICE);
        assertThat(SERVER.get(Front.NONE, "/past/me/open")).hasToString("200 nobody");
        assertThat(SERVER.getAs(Front.NONE, token, "/past/me/open")).hasToString("200 alice");
    }

    @Test
    void whoeverMayNotIsRefused() {
        String elsewhere = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("10.0.0.0/8"))));
        String here = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("127.0.0.0/8"))));

        assertThat(SERVER.get(Front.NONE, "/past/me")).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.unknown(), "/past/me"))
                .hasToString("401 invalid_token");
        assertThat(SERVER.getAs(Front.NONE, elsewhere, "/past/me")).hasToString("403 ip_not_allowed");
        assertThat(SERVER.getAs(Front.NONE, here, "/past/me").status()).isEqualTo(200);
    }

    @Test
    void whatExistsIsToldToNoStranger() {
        for (String path : List.of("/missing", "/past/missing")) {
            assertThat(SERVER.get(Front.NONE, path)).hasToString("401 not_authenticated");
            assertThat(SERVER.getAs(Front.NONE, SERVER.tokens.mint("public"), path)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(SERVER.send(Front.NONE, "DELETE", "/past/me", "")).hasToString("401 not_authenticated");
    }
}
