package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two applications in one server, each with its own settings, tokens and cache, know nothing of each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoHubsIT {
    private final Tokens tokens = Tokens.ofThisRun();
    private RunningServer server;
    private String ofTwo;

    @BeforeAll
    void start() throws Exception {
        Path folder = TestFiles.emptyFolder("two-hubs");
        Path home = tokens.copyHome(folder);
        Path other = folder.resolve("home-of-two");
        ofTwo = Hub.createToken(List.of(), other, "--name", "data", "--scopes", "data.data", "--owner", "alice");
        server = RunningServer.start(Container.twoHubs(other), folder, home);
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    @Test
    void a_token_opens_the_application_that_it_is_of() throws IOException {
        for (int i = 0; i < 3; i++) { // from the store, and then from the cache
            assertThat(get("/one", tokens.get("data")).status()).isEqualTo(200);
            assertThat(get("/two", ofTwo).status()).isEqualTo(200);
            assertThat(get("/one", ofTwo).status()).isEqualTo(401);
            assertThat(get("/two", tokens.get("data")).status()).isEqualTo(401);
        }
    }

    @Test
    void each_has_its_own_settings() throws IOException {
        assertThat(get("/one", "x").header("WWW-Authenticate")).startsWith("Bearer realm=\"hub one\"");
        assertThat(get("/two", "x").header("WWW-Authenticate")).startsWith("Bearer realm=\"hub two\"");
        assertThat(preflight("/one").status()).isEqualTo(200);
        assertThat(preflight("/two").status()).isEqualTo(401);
    }

    private RawResponse get(String context, String token) throws IOException {
        return server.client().send(RawRequest.get(context + "/api/v1/me", "Authorization: Bearer " + token));
    }

    private RawResponse preflight(String context) throws IOException {
        List<String> headers = List.of("Origin: https://example.org", "Access-Control-Request-Method: GET");
        return server.client().send(new RawRequest("OPTIONS", context + "/api/v1/me", headers, ""));
    }
}
