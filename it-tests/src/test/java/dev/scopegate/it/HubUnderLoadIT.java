package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import dev.scopegate.it.tokens.Tokens;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub with 64 MB of heap: a million rows, clients that go away, many at once, and a flood of junk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HubUnderLoadIT {
    private static final int ROWS = 1_000_000;

    private final Tokens tokens = Tokens.ofThisRun();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        Path folder = TestFiles.emptyFolder("under-load");
        server = RunningServer.start(
                Container.embedded(), folder, tokens.copyHome(folder), "-Xmx64m", "-XX:TieredStopAtLevel=4");
    }

    @AfterAll
    void stop() {
        if (server == null) return;
        server.close();
        assertThat(server.jvm().out() + server.jvm().err())
                .doesNotContain("\tat ")
                .doesNotContain("OutOfMemoryError")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"ndjson, 1000000", "csv, 1000001"})
    void a_million_rows_stream_through_a_small_heap_line_by_line(String format, int lines) throws Exception {
        HttpResponse<InputStream> response = http.send(rows(format), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        try (InputStream body = response.body()) {
            assertThat(count(body, '\n')).isEqualTo(lines);
        }
    }

    @Test
    void a_million_rows_stream_through_a_small_heap_as_one_document() throws Exception {
        HttpResponse<InputStream> response = http.send(rows("json"), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        try (InputStream body = response.body()) {
            assertThat(count(body, '{')).isEqualTo(ROWS + 1);
        }
    }

    @Test
    void clients_that_go_away_in_the_middle_harm_nobody() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<InputStream> response = http.send(rows("csv"), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.readNBytes(10_000)).hasSize(10_000);
            }
        }
        Await.until(
                "the hub answers as before",
                Duration.ofSeconds(10),
                () -> server.get("/api/v1/datasets/penguins/rows?limit=1", tokens.get("public"))
                                .status()
                        == 200);
    }

    @Test
    void many_callers_at_once_each_get_their_own_answer() throws Exception {
        List<String> callers = List.of("public", "overview", "data", "visitor-data", "unknown");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(http.sendAsync(
                    request("/api/v1/me", tokens.get(callers.get(i % callers.size()))),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < answers.size(); i++) {
            String caller = callers.get(i % callers.size());
            HttpResponse<String> answer = answers.get(i).get(30, TimeUnit.SECONDS);
            if (caller.equals("unknown")) {
                assertThat(answer.statusCode()).isEqualTo(401);
            } else {
                assertThat(Json.read(answer.body()).at("/name").asText()).isEqualTo(caller);
            }
        }
    }

    @Test
    void a_flood_of_junk_leaves_good_tokens_working() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> floods = new ArrayList<>();
            for (int i = 0; i < 2; i++) floods.add(two.submit(() -> flood(1_500, refused)));
            while (!floods.stream().allMatch(Future::isDone)) {
                assertThat(server.get("/api/v1/me", tokens.get("data")).status())
                        .isEqualTo(200);
            }
            for (Future<?> flood : floods) flood.get();
        } finally {
            two.shutdownNow();
        }
        assertThat(refused).hasValue(3_000);
        assertThat(server.get("/api/v1/me", tokens.get("data")).status()).isEqualTo(200);
    }

    private Void flood(int times, AtomicInteger refused) throws Exception {
        for (int i = 0; i < times; i++) {
            HttpRequest junk = request("/api/v1/me", TokenForge.unknown("sgp"));
            if (http.send(junk, HttpResponse.BodyHandlers.discarding()).statusCode() == 401) refused.incrementAndGet();
        }
        return null;
    }

    private HttpRequest rows(String format) {
        return request("/api/v1/datasets/measurements/rows?limit=" + ROWS + "&format=" + format, tokens.get("data"));
    }

    private HttpRequest request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private static int count(InputStream body, char wanted) throws Exception {
        byte[] buffer = new byte[65_536];
        int count = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == wanted) count++;
            }
        }
        return count;
    }
}
