package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Thirty-two clients of one hub, with one token, that send the same at the same time. */
record ClientsAtOnce(RunningServer hub, String token) {
    private static final int CLIENTS = 32;
    private static final int PATIENCE_SECONDS = 120;

    /** What one of them was answered. */
    record Answer(int status, String body) {}

    /** What one of them gets, which must be no refusal. */
    JsonNode one(String path, String body) throws Exception {
        Answer answer = send(path, body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return Json.read(answer.body());
    }

    List<Answer> all(String path, String body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CyclicBarrier start = new CyclicBarrier(CLIENTS);
            List<Future<Answer>> sent = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                sent.add(threads.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return send(path, body);
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : sent) answers.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Answer send(String path, String body) throws Exception {
        List<String> headers = List.of("Authorization: Bearer " + token, "Content-Type: application/json");
        RawResponse response = hub.client().send(new RawRequest("POST", path, headers, Json.unquoted(body)));
        return new Answer(response.status(), response.text());
    }
}
