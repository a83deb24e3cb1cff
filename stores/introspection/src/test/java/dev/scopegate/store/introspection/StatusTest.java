package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.problem.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each HTTP status of the server means. */
class StatusTest {
    private static final String TOKEN = "foreign-token-1";
    private static final String GRANT = "{\"active\":true,\"sub\":\"ada\"}";

    private final AuthServer server;
    private final IntrospectionTokenStore store;

    StatusTest() throws Exception {
        server = new AuthServer();
        store = Stores.open(server.url());
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 206, 304, 400, 401, 403, 404, 405, 408, 418, 429, 500, 502, 503, 504, 599})
    void onlyA200Grants(int status) {
        server.behave(AuthServer.status(status, status == 304 ? "" : GRANT));

        assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable: the introspection server answered " + status);
    }

    @Test
    void anAnswerWithoutContentIsNone() {
        server.behave(AuthServer.status(204, ""));
        assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable");
        server.behave(AuthServer.status(200, ""));
        assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws Exception {
        try (AuthServer other = new AuthServer()) {
            other.active(TOKEN, "");
            server.behave(exchange -> {
                exchange.getResponseHeaders().set("Location", other.url());
                AuthServer.send(exchange, status, "");
            });

            assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable");
            assertThat(other.requests).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aServerThatRefusesThisServiceIsSaidToDoSo(int status) {
        server.behave(AuthServer.status(status, "{\"error\":\"invalid_client\"}"));

        assertThat(Stores.outcome(store, TOKEN))
                .contains("refuses this service", "introspection-client-")
                .doesNotContain(AuthServer.SECRET, "hub");
        assertThat(store.health().detail()).contains("refuses this service");
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 30, 30", "429, 999999, 60", "429, 9999999999, 1", "429, -1, 1", "429, soon, 1"})
    void whatTheServerAsksForIsHandedOnWithinBounds(int status, String asked, int handedOn) {
        server.behave(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", asked);
            AuthServer.send(exchange, status, "");
        });

        Unavailable first = catchThrowableOfType(Unavailable.class, () -> Stores.find(store, TOKEN));
        assertThat(Stores.retryAfter(first)).isEqualTo(handedOn);
        if (handedOn == 1) return;

        server.behave(null);
        Unavailable second = catchThrowableOfType(Unavailable.class, () -> Stores.find(store, TOKEN));
        assertThat(Stores.retryAfter(second)).isBetween(handedOn - 2, handedOn);
        assertThat(server.requests).hasValue(1);
        assertThat(store.health().available()).isFalse();
    }

    /** Otherwise anybody could shut everybody out with tokens that the server, or a firewall before it, does not like. */
    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 413})
    void tokensThatTheServerRefusesToReadShutNobodyElseOut(int status) {
        server.behave(AuthServer.status(status, ""));
        for (int i = 0; i < 50; i++)
            assertThat(Stores.outcome(store, "junk" + i)).startsWith("unavailable");

        server.behave(null);
        server.active(TOKEN, "");
        assertThat(Stores.outcome(store, TOKEN)).isEqualTo("active");
    }
}
