package dev.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFilterTest {
    private final String text = UUID.randomUUID().toString();
    private final String credentials = "[Bearer " + text + "]";
    private HeardServer own;
    private HeardServer other;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        own = new HeardServer();
        other = new HeardServer();
        client = ClientBuilder.newClient().register(new TokenFilter(ApiToken.of(text), own.uri("/api/")));
    }

    @AfterEach
    void stop() {
        client.close();
        own.close();
        other.close();
    }

    private int get(URI address) {
        try (Response response = client.target(address).request().get()) {
            return response.getStatus();
        }
    }

    @Test
    void aRequestToTheOriginCarriesTheTokenAndNoOtherDoes() {
        assertThat(get(own.uri("/a"))).isEqualTo(200);
        assertThat(get(other.uri("/b"))).isEqualTo(200);
        assertThat(get(own.byName("/c"))).isEqualTo(200);

        assertThat(own.seen()).containsExactly("GET /a " + credentials, "GET /c null");
        assertThat(other.seen()).containsExactly("GET /b null");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectTakesTheTokenAlong(int status) {
        own.redirect("/away", status, other.uri("/b").toString())
                .redirect("/name", status, own.byName("/c").toString());

        assertThat(get(own.uri("/away"))).isEqualTo(status);
        assertThat(get(own.uri("/name"))).isEqualTo(status);

        assertThat(other.heard).isEmpty();
        assertThat(own.seen()).containsExactly("GET /away " + credentials, "GET /name " + credentials);
    }

    @Test
    void aRequestWithoutTheTokenIsRedirectedAsEver() {
        other.redirect("/b", 302, own.uri("/a").toString());

        assertThat(get(other.uri("/b"))).isEqualTo(200);
        assertThat(own.seen()).containsExactly("GET /a null");
    }

    @Test
    void aCredentialOfTheRequestsOwnStays() {
        client.target(own.uri("/a"))
                .request()
                .header("Authorization", "Basic x")
                .get()
                .close();

        assertThat(own.seen()).containsExactly("GET /a [Basic x]");
    }

    @Test
    void aFilterKnowsItsOrigins() {
        ApiToken token = ApiToken.of(text);

        assertThatThrownBy(() -> new TokenFilter(token)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenFilter(token, URI.create("/api")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
