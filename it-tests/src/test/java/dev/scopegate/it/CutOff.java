package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.tokens.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rows beyond a limit that lies past what is held back, as clients are told of them: by a transfer that each of them sees is
 * incomplete where the container is known to make one, elsewhere by a clean 403.
 */
final class CutOff implements AutoCloseable {
    private static final long MOST = 300_000;
    private static final String POLICY = "/api/v1/exports/policies/dataset:measurements";
    private static final String ROWS = "/api/v1/datasets/measurements/rows?limit=1000000&format=";

    private final RunningServer server;
    private final Tokens tokens;
    private final String before;
    private final boolean proven;

    CutOff(RunningServer server, Tokens tokens) throws IOException {
        this.server = server;
        this.tokens = tokens;
        String product = server.container().product().folder();
        this.proven = product.startsWith("jetty") || product.startsWith("tomcat");
        this.before = server.get(server.container().product().path(POLICY), tokens.get("admin"))
                .text()
                .replaceFirst("\"resource\":\"[^\"]*\",", "");
        put("{\"limits\":[{\"limit\":\"bytes\",\"per\":\"response\",\"max\":" + MOST + "}]}");
    }

    private void put(String policy) throws IOException {
        String[] headers = {"Authorization: Bearer " + tokens.get("admin"), "Content-Type: application/json"};
        RawRequest put = new RawRequest(
                "PUT",
                server.container().contextPath() + server.container().product().path(POLICY),
                List.of(headers),
                policy);
        assertThat(server.client().send(put).status()).isEqualTo(200);
    }

    /** Whether this container has been told to speak HTTP/2 beside HTTP/1.1. */
    boolean isOverHttp2Too() {
        return server.container().name().startsWith("jetty-12.1");
    }

    /** The JDK's client, which reads on a connection that stays open. */
    void isSeenByTheJdk(String format, HttpClient.Version version) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + ROWS + format))
                .header("Authorization", "Bearer " + tokens.get("data"))
                .build();
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest first =
                HttpRequest.newBuilder(URI.create(server.url() + "/healthz")).build();
        client.send(first, HttpResponse.BodyHandlers.discarding()); // the upgrade to HTTP/2 is over then
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(version);
        long length = 0;
        boolean whole = true;
        byte[] start = {};
        try (InputStream body = response.body()) {
            start = body.readNBytes(600);
            length = start.length;
            while (body.read() >= 0) length++;
        } catch (IOException incomplete) {
            whole = false;
        }
        assertThat(length).isLessThanOrEqualTo(MOST);
        if (proven) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(whole).as("%s is whole after %d bytes", format, length).isFalse();
        } else {
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(whole).isTrue();
            assertThat(new String(start, StandardCharsets.UTF_8)).contains("\"export_limit_exceeded\"");
        }
    }

    /** curl with these options, whose exit code tells that something is missing. */
    void isSeenByCurl(String format, boolean provenHere, String... options) throws Exception {
        Path answer = Files.createTempFile("curl", ".rows");
        List<String> command = new java.util.ArrayList<>(List.of("curl", "--silent", "--max-time", "60"));
        command.addAll(List.of(options));
        command.addAll(List.of("--config", "-", "--output", answer.toString(), "--write-out", "%{http_code}"));
        command.add(server.url() + ROWS + format);
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var config = curl.outputWriter()) { // the token is in no list of processes
            config.write("header = \"Authorization: Bearer " + tokens.get("data") + "\"\n");
        }
        String status = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.size(answer)).isLessThanOrEqualTo(MOST);
        Files.delete(answer);
        if (proven && provenHere) {
            assertThat(status).isEqualTo("200");
            assertThat(curl.exitValue()).isIn(18, 56, 92);
        } else {
            assertThat(status).isEqualTo("403");
            assertThat(curl.exitValue()).isZero();
        }
    }

    /** Puts back what was there. */
    @Override
    public void close() throws IOException {
        put(before);
    }
}
