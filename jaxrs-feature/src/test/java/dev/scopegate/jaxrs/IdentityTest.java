package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Admission;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Settings;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {
    private static final ResourceServer ELSEWHERE = ResourceServer.without();
    private static final Scopegate OTHER = ELSEWHERE.scopegate();

    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(WhoAmI.class, ForeignContext.class)
            .set(Settings.CACHE_TTL, "0")
            .change(IdentityTest::addForeignAdmission);

    /** Another application's filter, which has left what it found out in the same attribute. */
    private static void addForeignAdmission(ServletContextHandler context) {
        FilterHolder foreign = new FilterHolder((request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            if (http.getHeader("X-Foreign") != null) {
                Admission admission =
                        OTHER.check().authenticate(List.<String>of().iterator(), () -> ClientAddress.UNKNOWN);
                request.setAttribute(AccessToken.ATTRIBUTE, admission);
            }
            boolean secure = http.getHeader("X-Secure") != null;
            chain.doFilter(
                    !secure
                            ? request
                            : new HttpServletRequestWrapper(http) {
                                @Override
                                public boolean isSecure() {
                                    return true;
                                }
                            },
                    response);
        });
        foreign.setAsyncSupported(true);
        context.addFilter(foreign, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void thePrincipalIsTheTokenFromEveryApi(Front front) {
        String token = SERVER.tokens.mint("data.data");
        assertThat(SERVER.getAs(front, token, "/me"))
                .hasToString("200 alice BEARER false public:true data.data:true admin:false nothing:false same");
        assertThat(SERVER.getAs(front, token, "/me", "X-Secure: yes").body()).startsWith("alice BEARER true");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void theTokenIsLookedUpOnce(Front front) {
        String token = SERVER.tokens.mint("public");
        int before = SERVER.tokens.lookUps.get();
        SERVER.getAs(front, token, "/me");
        assertThat(SERVER.tokens.lookUps.get() - before).isEqualTo(1);
        SERVER.getAs(front, token, "/missing");
        assertThat(SERVER.tokens.lookUps.get() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void whatAnotherApplicationFoundOutMeansNothing(Front front) {
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/me", "X-Foreign: yes")
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.get(front, "/me", "X-Foreign-Context: yes")).hasToString("401 not_authenticated");
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/me", "X-Foreign-Context: yes"))
                .hasToString("200 alice BEARER false public:true data.data:false admin:false nothing:false same");
    }

    @ParameterizedTest
    @EnumSource(
            value = Front.class,
            names = {"NONE", "OPEN_FILTER"})
    void aCallerWithoutAGoodTokenIsNobody(Front front) {
        assertThat(SERVER.get(front, "/me/open")).hasToString("200 nobody");
        assertThat(SERVER.getAs(front, SERVER.tokens.unknown(), "/me/open")).hasToString("200 nobody");
        assertThat(SERVER.getAs(front, SERVER.tokens.mint("public"), "/me/open"))
                .hasToString("200 alice");
    }

    @Test
    void aTokenFromElsewhereThanItsNetworksIsRefused() {
        String here = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("127.0.0.0/8"))));
        String elsewhere = SERVER.tokens.mint(
                facts -> facts.scopes(List.of("public")).allowedNetworks(List.of(Network.parse("10.0.0.0/8"))));
        for (Front front : Front.values()) {
            assertThat(SERVER.getAs(front, here, "/me").status()).isEqualTo(200);
            assertThat(SERVER.getAs(front, elsewhere, "/me", "X-Forwarded-For: 10.0.0.1"))
                    .hasToString("403 ip_not_allowed");
        }
    }

    /** Leaves, before the feature looks, what another application's feature has made of a token of its own. */
    @PreMatching
    @Priority(1)
    public static class ForeignContext implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            if (request.getHeaderString("X-Foreign-Context") == null) return;
            List<String> line = List.of("Bearer " + ELSEWHERE.tokens.mint("admin"));
            Admission admission = OTHER.check().authenticate(line.iterator(), () -> ClientAddress.UNKNOWN);
            request.setSecurityContext(
                    new TokenSecurityContext(OTHER.check(), admission, request.getSecurityContext()));
        }
    }

    @Path("me")
    public static class WhoAmI {
        @Context
        private SecurityContext security;

        @GET
        public String me(@Context ContainerRequestContext request, @Context HttpServletRequest servletRequest) {
            StringBuilder text = new StringBuilder(security.getUserPrincipal().getName());
            text.append(' ')
                    .append(security.getAuthenticationScheme())
                    .append(' ')
                    .append(security.isSecure());
            for (String role : new String[] {"public", "data.data", "admin", "nothing"}) {
                text.append(' ').append(role).append(':').append(security.isUserInRole(role));
            }
            AccessToken token = (AccessToken) security.getUserPrincipal();
            boolean same = token == AccessToken.current(request::getProperty)
                    && token == AccessToken.current(servletRequest::getAttribute);
            return text.append(same ? " same" : " different").toString();
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return security.getUserPrincipal() == null
                    ? "nobody"
                    : security.getUserPrincipal().getName();
        }
    }
}
