package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a token after its look-up, and of the store after its end: nothing. */
class NothingStaysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Turned round, so that the test itself does not hold what it looks for. */
    private static final String TOKEN_BACKWARDS = "9gvW2-sdrawkcab-nekot-a-si-siht-Z";

    private static final String KNOWN_BACKWARDS = "7xuQ4-sdrawkcab-elbadnif-eb-ot-si-siht-Z";

    private static final int DUMPS = 20;

    private static String forwards(String backwards) {
        return new StringBuilder(backwards).reverse().toString();
    }

    private static void lookUp(IntrospectionTokenStore store, AuthServer server) {
        server.active(forwards(TOKEN_BACKWARDS), "");
        assertThat(Stores.outcome(store, forwards(TOKEN_BACKWARDS))).isEqualTo("active");
        for (int status : new int[] {204, 302, 400, 500}) {
            server.behave(AuthServer.status(status, ""));
            assertThat(Stores.outcome(store, forwards(TOKEN_BACKWARDS))).startsWith("unavailable");
        }
    }

    @Test
    void afterALookUpNoObjectHoldsTheToken(@TempDir Path folder) throws Exception {
        String known = forwards(KNOWN_BACKWARDS);
        AuthServer server = new AuthServer();
        try (IntrospectionTokenStore store = Stores.open(server.url())) {
            lookUp(store, server);
            server.close();
            server = null; // its buffers hold what it read
            int left = 1;
            // the JDK's server and client let go of their last buffers a moment after they are closed
            for (int i = 0; left > 0 && i < DUMPS; i++) {
                Path dump = folder.resolve("heap" + i + ".hprof");
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(dump.toString(), true);
                assertThat(occurrences(dump, known))
                        .as("what is there is found")
                        .isPositive();
                left = occurrences(dump, forwards(TOKEN_BACKWARDS));
                Files.delete(dump);
            }
            assertThat(left).isZero();
            assertThat(store.health().detail()).isNotEmpty();
        }
    }

    private static int occurrences(Path file, String ascii) throws Exception {
        byte[] wanted = ascii.getBytes(StandardCharsets.US_ASCII);
        int found = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int matched = 0; // no character of the token is its first one again
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == wanted[matched]) matched++;
                else matched = next == wanted[0] ? 1 : 0;
                if (matched == wanted.length) {
                    found++;
                    matched = 0;
                }
            }
        }
        return found;
    }

    @Test
    void noLogLineOfAnyLevelHoldsTheToken() throws Exception {
        String token = forwards(TOKEN_BACKWARDS);
        try (LogLines log = new LogLines();
                AuthServer server = new AuthServer();
                IntrospectionTokenStore store = Stores.open(server.url())) {
            lookUp(store, server);
            server.behave(null);
            for (String more : List.of(",\"iss\":\"" + token + "\"", ",\"cnf\":{}", ",\"nbf\":253402300799")) {
                server.active(token, more);
                assertThat(Stores.outcome(store, token)).isEqualTo("unknown");
            }
            for (String answer : List.of("{\"active\":\"" + token + "\"}", "{\"active\":true," + token + "}")) {
                server.know(token, answer);
                assertThat(Stores.outcome(store, token))
                        .startsWith("unavailable")
                        .doesNotContain(token);
            }
            assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains(token));
        }
    }

    @Test
    void aClosedStoreHasNoThreadsAndTellsNothing() throws Exception {
        try (AuthServer server = new AuthServer()) {
            IntrospectionTokenStore store = Stores.open(server.url());
            server.active("t", "");
            assertThat(Stores.outcome(store, "t")).isEqualTo("active");
            assertThat(threads()).isNotEmpty();

            store.close();

            assertThat(Stores.outcome(store, "t")).startsWith("unavailable");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!threads().isEmpty()) {
                System.gc(); // the JDK's selector thread ends when its client is found to be unreachable
                assertThat(System.nanoTime()).as("still there: " + threads()).isLessThan(deadline);
            }
            store.close();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-") || name.startsWith("scopegate-introspection"))
                .toList();
    }
}
