package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.it.heap.HeapDump;
import dev.scopegate.it.heap.HeapSearch;
import dev.scopegate.it.rows.Row;
import dev.scopegate.it.rows.RowRunner;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After every request of the table, no secret of a token is where the server keeps, logs or writes something. */
final class NoSecretLeaksIT {
    private static final String EVERYTHING_LOGGED = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = FINEST
            java.util.logging.ConsoleHandler.encoding = UTF-8
            dev.scopegate.level = FINEST
            """;

    private final Tokens tokens = Tokens.ofThisRun();

    @Test
    void no_object_of_ours_no_log_line_and_no_file_holds_a_secret_after_all_requests() throws Exception {
        Path folder = TestFiles.emptyFolder("no-secret-leaks");
        Path logging = Files.writeString(folder.resolve("logging.properties"), EVERYTHING_LOGGED);
        HeapSearch.Result heap = null;
        try (RunningServer server = RunningServer.start(
                Container.embedded(), folder, tokens.copyHome(folder), "-Djava.util.logging.config.file=" + logging)) {
            sendEverything(server);
            if (HeapDump.isPossible()) {
                Path dump = HeapDump.of(server.jvm().pid(), folder);
                List<String> sought = new ArrayList<>(tokens.secrets());
                sought.add(TokenForge.id(tokens.get("data")));
                heap = HeapSearch.in(dump, sought);
                Files.delete(dump);
            }
            assertThat(server.jvm().err()).as("what is logged").contains("refused:");
        }
        assertThat(filesWithSecrets(folder)).as("files that hold a secret").isEmpty();
        if (heap == null) {
            assertThat(System.getenv("CI"))
                    .as("a JDK with jcmd is needed to look into the heap")
                    .isNull();
            assumeTrue(false, "this JDK has no jcmd to take a heap dump with");
            return;
        }
        assertThat(heap.ourClasses())
                .as("classes that the search has been in")
                .contains(
                        "dev.scopegate.servlet.BearerTokenFilter",
                        "dev.scopegate.cache.CachingTokenStore",
                        "dev.scopegate.store.StoredToken");
        assertThat(heap.objects()).as("objects searched").isGreaterThan(1_000);
        assertThat(heap.waysTo(List.of(TokenForge.id(tokens.get("data")))))
                .as("ways to what the store does keep")
                .isNotEmpty();
        assertThat(heap.waysTo(tokens.secrets()))
                .as("ways from our objects to a secret")
                .isEmpty();
    }

    /** Whether a row is answered rightly is another test's concern. */
    private void sendEverything(RunningServer server) throws IOException {
        RowRunner runner = new RowRunner(server, tokens);
        List<Row> rows = Row.all();
        for (Row row : rows) runner.send(row);
        for (int i = 0; i < 20; i++) {
            assertThat(server.get("/api/v1/me", tokens.get("data")).status()).isEqualTo(200);
        }
    }

    private List<Path> filesWithSecrets(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : TestFiles.filesIn(folder)) {
            if (file.endsWith(Path.of("home", "admin-token"))) continue;
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (tokens.secrets().stream().anyMatch(text::contains)) found.add(folder.relativize(file));
        }
        return found;
    }
}
