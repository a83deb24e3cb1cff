package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store proves who it is to a server that looks, with an id and a secret that need every escape there is. */
class ClientAuthenticationTest {
    private static final String TOKEN = "foreign+token/1==";

    @ParameterizedTest
    @CsvSource({"client-secret-basic, active", "client-secret-post, active", "bearer, unavailable"})
    void idAndSecretArriveAsTheyAre(String method, String outcome) throws Exception {
        try (AuthServer server = new AuthServer()) {
            server.active(TOKEN, "");
            String secret = method.equals("bearer") ? "another-token" : AuthServer.SECRET;
            try (IntrospectionTokenStore store = Stores.open(
                    server.url(), "introspection-client-auth", method, "introspection-client-secret", secret)) {
                assertThat(Stores.outcome(store, TOKEN)).startsWith(outcome);
            }
        }
    }

    @Test
    void aTokenOfItsOwnNeedsNoClientId(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("token"), AuthServer.OWN_TOKEN + "\n");
        try (AuthServer server = new AuthServer()) {
            server.active(TOKEN, "");
            try (IntrospectionTokenStore store = Stores.open(
                    server.url(),
                    "introspection-client-auth",
                    "bearer",
                    "introspection-client-secret",
                    "${file:" + secret + "}")) {
                assertThat(Stores.outcome(store, TOKEN)).isEqualTo("active");
            }
        }
    }

    @Test
    void aWrongSecretIsUnavailableAndNotShown() throws Exception {
        try (AuthServer server = new AuthServer();
                IntrospectionTokenStore store =
                        Stores.open(server.url(), "introspection-client-secret", "correct-horse")) {
            server.active(TOKEN, "");

            assertThat(Stores.outcome(store, TOKEN))
                    .contains("401", "refuses this service")
                    .doesNotContain("correct-horse", TOKEN);
        }
    }
}
