package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final String ORIGIN = "Origin: https://example.org";
    private static final String METHOD = "Access-Control-Request-Method: GET";

    @Test
    void aPreflightPassesWithoutATokenUnlessTheServletIsAnnotatedOrTheRuleDenies() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.rules("* /ruled data.data\n* /closed deny")
                    .serving("/*", new Servlets.WhoAmI())
                    .serving("/data", new Servlets.NeedsData())
                    .start();
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN, METHOD).status())
                    .isEqualTo(200);
            assertThat(server.send("OPTIONS", "/app/ruled", ORIGIN, METHOD).status())
                    .isEqualTo(200);
            assertThat(server.send("OPTIONS", "/app/data", ORIGIN, METHOD)).hasToString("401 not_authenticated");
            assertThat(server.send("OPTIONS", "/app/closed", ORIGIN, METHOD)).hasToString("401 not_authenticated");
        }
    }

    @Test
    void whatAnOpenPathForwardsAPreflightToIsCheckedAtItsTarget() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.rules("* /open permit")
                    .serving("/who", new Servlets.WhoAmI())
                    .serving(
                            "/open",
                            new Servlets.Doing((request, response) ->
                                    request.getRequestDispatcher("/who").forward(request, response)))
                    .start();
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN, METHOD).status())
                    .isEqualTo(200);
            assertThat(server.send("OPTIONS", "/app/open", ORIGIN, METHOD)).hasToString("401 not_authenticated");
        }
    }

    @Test
    void whatIsNoPreflightNeedsAToken() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.serving("/*", new Servlets.WhoAmI()).start();
            assertThat(server.send("OPTIONS", "/app/who").status()).isEqualTo(401);
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN).status()).isEqualTo(401);
            assertThat(server.send("GET", "/app/who", ORIGIN, METHOD).status()).isEqualTo(401);
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN, METHOD, "Authorization: Bearer x")
                            .status())
                    .isEqualTo(401);
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN, METHOD, "Content-Length: 1")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void theSwitchTurnsItOff() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.filter.setInitParameters(Map.of("permit-preflight", "false"));
            server.serving("/*", new Servlets.WhoAmI()).start();
            assertThat(server.send("OPTIONS", "/app/who", ORIGIN, METHOD).status())
                    .isEqualTo(401);
        }
    }
}
