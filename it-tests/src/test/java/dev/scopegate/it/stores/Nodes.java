package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hubs on one store, each a process with a home of its own. */
final class Nodes implements AutoCloseable {
    private final Path folder;
    private final List<String> options;
    private final List<RunningServer> hubs = new ArrayList<>();

    Nodes(Path folder, List<String> options) {
        this.folder = folder;
        this.options = List.copyOf(options);
    }

    /** Starts one more. */
    void start() throws Exception {
        hubs.add(hub(hubs.size()));
    }

    private RunningServer hub(int number) throws Exception {
        Path work = Files.createDirectories(folder.resolve("node-" + number));
        return RunningServer.start(Container.embedded(), work, work.resolve("home"), options.toArray(String[]::new));
    }

    /** Kills a node and starts it again. */
    void startAgain(int number) throws Exception {
        if (hubs.get(number).jvm().isAlive()) hubs.get(number).jvm().kill();
        hubs.set(number, hub(number));
    }

    void kill(int number) throws InterruptedException {
        hubs.get(number).jvm().kill();
    }

    RunningServer get(int number) {
        return hubs.get(number);
    }

    /** The ports, which a node gets anew when it starts again. */
    List<Integer> ports() {
        return hubs.stream()
                .map(hub -> Integer.valueOf(hub.url().substring(hub.url().lastIndexOf(':') + 1)))
                .toList();
    }

    /** A token that may read data, made on the first node. */
    String token() throws InterruptedException {
        String[] words = {"--name", "reader", "--scopes", "data.data", "--owner", "ada"};
        return Hub.createToken(options, hubs.get(0).home(), words);
    }

    private String administrator() throws IOException {
        return Files.readString(hubs.get(0).home().resolve("admin-token")).strip();
    }

    /** Limits the bytes of measurements that leave in a day, whoever reads them. */
    void limit(long max) throws IOException {
        RawResponse answer = hubs.get(0)
                .client()
                .send(new RawRequest(
                        "PUT",
                        "/api/v1/exports/policies/dataset:measurements",
                        List.of("Authorization: Bearer " + administrator(), "Content-Type: application/json"),
                        "{\"limits\":[{\"limit\":\"bytes\",\"per\":\"day\",\"max\":" + max
                                + ",\"subject\":\"everyone\"}]}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** What that limit has spent, the leases of dead responses included. */
    long used() throws IOException {
        RawResponse answer = hubs.get(0).get("/api/v1/exports/usage?all=true", administrator());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        for (var one : Json.read(answer.text()).get("results")) {
            if (one.get("resource").asText().equals("dataset:measurements"))
                return one.get("max").asLong() - one.get("remaining").asLong();
        }
        return 0;
    }

    @Override
    public void close() {
        for (RunningServer hub : hubs) {
            if (hub.jvm().isAlive()) hub.close();
        }
    }
}
