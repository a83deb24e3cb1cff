package dev.scopegate.store.introspection;

import static dev.scopegate.store.introspection.RawServer.stall;
import static dev.scopegate.store.introspection.RawServer.write;
import static dev.scopegate.store.introspection.RawServer.writeForEver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that break the rules of HTTP: unavailable within the time-out, and nothing of what they sent is repeated. */
class FaultTest {
    private static final String TOKEN = "foreign-token-1";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String GRANT = "{\"active\":true,\"sub\":\"ada\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("resets the connection", true, (connection, out, request) -> connection.setSoLinger(true, 0)),
                fault("closes without a word", true, (connection, out, request) -> {}),
                fault("says nothing", false, (connection, out, request) -> stall(connection)),
                fault("stops within the header", false, (connection, out, request) -> {
                    write(out, OK);
                    stall(connection);
                }),
                fault("stops within the body", false, (connection, out, request) -> {
                    write(out, OK + "Content-Length: 99\r\n\r\n" + GRANT);
                    stall(connection);
                }),
                fault("dribbles the header", false, (connection, out, request) -> {
                    write(out, OK);
                    writeForEver(out, "X: y\r\n", 50);
                }),
                fault("dribbles the body", false, (connection, out, request) -> {
                    write(out, OK + "Content-Length: 99999\r\n\r\n" + GRANT);
                    writeForEver(out, " ", 50);
                }),
                fault("dribbles the body of an error", false, (connection, out, request) -> {
                    write(out, "HTTP/1.1 500 Oops\r\nContent-Length: 99999\r\n\r\n");
                    writeForEver(out, " ", 50);
                }),
                fault("sends a body without an end", true, (connection, out, request) -> {
                    write(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
                    writeForEver(out, "400\r\n" + " ".repeat(1024) + "\r\n", 0);
                }),
                fault("announces more than it may", true, (connection, out, request) -> {
                    write(out, OK + "Content-Length: 65537\r\n\r\n" + GRANT + " ".repeat(70_000));
                }),
                fault("cuts the body short", true, (connection, out, request) -> {
                    write(out, OK + "Content-Length: 99\r\n\r\n" + GRANT);
                }),
                fault("cuts the JSON short", true, (connection, out, request) -> {
                    write(out, OK + "Connection: close\r\n\r\n{\"active\":true,\"sub\":\"ad");
                }),
                fault("says what is no HTTP", true, (connection, out, request) -> write(out, request)),
                fault("has a status that is none", true, (connection, out, request) -> {
                    write(out, "HTTP/1.1 2OO " + TOKEN + "\r\n\r\n" + GRANT);
                }));
    }

    private static Arguments fault(String name, boolean atOnce, RawServer.Fault fault) {
        return arguments(name, atOnce, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whateverTheServerDoesNobodyIsLetInAndNobodyWaitsLong(String name, boolean atOnce, RawServer.Fault fault)
            throws Exception {
        String timeout = atOnce ? "30s" : "300ms";
        try (LogLines log = new LogLines();
                RawServer server = new RawServer(fault);
                IntrospectionTokenStore store = Stores.open(server.url(), "introspection-timeout", timeout)) {
            long begin = System.nanoTime();
            assertThat(Stores.outcome(store, TOKEN)).startsWith("unavailable").doesNotContain(TOKEN, "ada");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);

            if (!atOnce)
                assertThat(server.hungUp.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            assertThat(server.requests).hasValueLessThanOrEqualTo(2);
            assertThat(log.all()).noneMatch(line -> line.contains(TOKEN));
        }
    }

    @Test
    void aPortWhereNobodyListensIsUnavailableAtOnce() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        try (IntrospectionTokenStore store =
                Stores.open("http://127.0.0.1:" + port + "/", "introspection-timeout", "30s")) {
            assertThat(Stores.outcome(store, TOKEN))
                    .isEqualTo("unavailable: the introspection server cannot be reached: ConnectException");
        }
    }

    @Test
    void aConnectionThatTheServerHasJustClosedIsReplaced() throws Exception {
        try (RawServer server = new RawServer((connection, out, request) -> {
                    // promises to keep the connection, and does not
                    write(out, OK + "Content-Length: " + GRANT.length() + "\r\n\r\n" + GRANT);
                });
                IntrospectionTokenStore store = Stores.open(server.url())) {
            for (int i = 0; i < 50; i++)
                assertThat(Stores.outcome(store, TOKEN)).isEqualTo("active");
        }
    }

    @Test
    void theLargestAnswerThatMayBeIsRead() throws Exception {
        String body = GRANT + " ".repeat(64 * 1024 - GRANT.length());
        try (AuthServer server = new AuthServer();
                IntrospectionTokenStore store = Stores.open(server.url())) {
            server.know(TOKEN, body);
            assertThat(Stores.outcome(store, TOKEN)).isEqualTo("active");
            server.know(TOKEN, body + " ");
            assertThat(Stores.outcome(store, TOKEN)).endsWith("larger than 65536 bytes");
        }
    }
}
