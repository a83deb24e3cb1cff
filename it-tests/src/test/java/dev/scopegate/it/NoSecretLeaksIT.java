package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.heap.HeapDump;
import dev.scopegate.it.heap.HeapSearch;
import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** After every request of the table, no secret of a token is where the server keeps, logs or writes something. */
final class NoSecretLeaksIT {
    private static final String EVERYTHING_LOGGED = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = FINEST
            java.util.logging.ConsoleHandler.encoding = UTF-8
            dev.scopegate.level = FINEST
            """;

    private static final Pattern SHOWN = Pattern.compile("sg[pars]_[0-9A-Za-z]{50}");

    private final Tokens tokens = Tokens.ofThisRun();
    private final Set<String> secrets = new LinkedHashSet<>(tokens.secrets());

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
                List<String> sought = new ArrayList<>(secrets);
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
        assertThat(heap.waysTo(List.copyOf(secrets)))
                .as("ways from our objects to a secret")
                .isEmpty();
    }

    /** Whether a row is answered rightly is another test's concern. */
    private void sendEverything(RunningServer server) throws IOException {
        RowRunner runner = new RowRunner(server, tokens);
        List<Row> rows = Row.all();
        for (Row row : rows) collect(runner.send(row));
        theLifeOfAToken(server);
        theLifeOfAKey(server);
        assertThat(secrets)
                .as("secrets of before, and made meanwhile")
                .hasSizeGreaterThan(tokens.secrets().size() + 8);
        for (int i = 0; i < 20; i++) {
            assertThat(server.get("/api/v1/me", tokens.get("data")).status()).isEqualTo(200);
        }
    }

    private String collect(RawResponse response) {
        Matcher shown = SHOWN.matcher(response.text());
        while (shown.find()) secrets.add(TokenForge.secret(shown.group()));
        return response.text();
    }

    private JsonNode send(RunningServer server, String who, String path, String body) throws IOException {
        List<String> headers = new ArrayList<>(List.of("Content-Type: application/json"));
        if (!who.isEmpty()) headers.add("Authorization: Bearer " + who);
        RawResponse response = server.client().send(new RawRequest("POST", path, headers, Json.unquoted(body)));
        assertThat(response.status()).as(path).isBetween(200, 299);
        return Json.read(collect(response));
    }

    private void theLifeOfAToken(RunningServer server) throws IOException {
        String manage = tokens.get("manage");
        JsonNode minted = send(server, manage, "/api/v1/tokens", "{'name':'leaks','scopes':['data.data']}");
        String rotate = "/api/v1/tokens/" + minted.path("id").asText() + "/rotate";
        String rotated = send(server, manage, rotate, "{'grace_seconds':60}")
                .path("token")
                .asText();
        for (String each : List.of(minted.path("token").asText(), rotated)) {
            assertThat(server.get("/api/v1/me", each).status()).isEqualTo(200);
        }
    }

    private void theLifeOfAKey(RunningServer server) throws IOException {
        String manage = tokens.get("manage");
        JsonNode key = send(server, manage, "/api/v1/api-keys", "{'name':'leaks of a key','scopes':['data.data']}");
        String both = "{'apiKey':'" + key.path("api_key").asText() + "','%s':'%s'}";
        String secret = both.formatted("secret", key.path("secret").asText());
        JsonNode pair = send(server, "", "/api/v1/auth/authenticate", secret);
        String refresh =
                both.formatted("refreshToken", pair.path("refreshToken").asText());
        JsonNode next = send(server, "", "/api/v1/auth/refreshToken", refresh);
        assertThat(send(server, "", "/api/v1/auth/refreshToken", refresh)).isEqualTo(next);
        assertThat(server.get("/api/v1/me", next.path("accessToken").asText()).status())
                .isEqualTo(200);
        send(server, manage, "/api/v1/api-keys/" + key.path("id").asText() + "/secret", "");
    }

    private List<Path> filesWithSecrets(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : TestFiles.filesIn(folder)) {
            if (file.endsWith(Path.of("home", "admin-token"))) continue;
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (secrets.stream().anyMatch(text::contains)) found.add(folder.relativize(file));
        }
        return found;
    }
}
