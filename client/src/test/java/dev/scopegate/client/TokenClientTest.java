package dev.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.client.HeardServer.Heard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClientTest {
    private final String text = UUID.randomUUID().toString();
    private final String credentials = "[Bearer " + text + "]";
    private HeardServer own;
    private HeardServer other;
    private TokenClient client;

    @BeforeEach
    void start() throws Exception {
        own = new HeardServer();
        other = new HeardServer();
        client = new TokenClient(HttpClient.newHttpClient(), ApiToken.of(text), own.uri("/api/v1/"));
    }

    @AfterEach
    void stop() {
        own.close();
        other.close();
    }

    private HttpResponse<String> get(String place) throws Exception {
        return client.send(client.request(place).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String place, String body) throws Exception {
        HttpRequest request = client.request(place)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void aRequestCarriesTheToken() throws Exception {
        assertThat(get("me").body()).isEqualTo("GET /api/v1/me ");
        assertThat(get("/healthz").body()).isEqualTo("GET /healthz ");

        assertThat(own.seen()).containsExactly("GET /api/v1/me " + credentials, "GET /healthz " + credentials);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectWithinTheOriginIsFollowedWithTheToken(int status) throws Exception {
        own.redirect("/api/v1/old", status, "new");

        assertThat(get("old").body()).isEqualTo("GET /api/v1/new ");
        assertThat(own.seen()).containsExactly("GET /api/v1/old " + credentials, "GET /api/v1/new " + credentials);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectToAnotherPortIsFollowedWithoutTheTokenAndWithoutWhatSaysWhoAsks(int status) throws Exception {
        own.redirect("/api/v1/old", status, other.uri("/new").toString());
        HttpRequest request = client.request("old")
                .header("Accept", "text/csv")
                .header("Cookie", "a=b")
                .header("X-Api-Key", "c")
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("GET /new ");

        assertThat(other.seen()).containsExactly("GET /new null");
        Heard heard = other.heard.get(0);
        assertThat(heard.headers())
                .doesNotContainKeys("Cookie", "X-api-key")
                .containsEntry("Accept", List.of("text/csv"));
    }

    @Test
    void aRedirectToTheSamePortOfAnotherNameIsFollowedWithoutTheToken() throws Exception {
        own.redirect("/api/v1/old", 302, own.byName("/new").toString());

        assertThat(get("old").body()).isEqualTo("GET /new ");
        assertThat(own.seen()).containsExactly("GET /api/v1/old " + credentials, "GET /new null");
    }

    @Test
    void aTokenThatWasLeftBehindDoesNotComeBack() throws Exception {
        own.redirect("/api/v1/old", 302, other.uri("/away").toString());
        other.redirect("/away", 302, own.uri("/api/v1/tokens").toString());

        assertThat(get("old").body()).isEqualTo("GET /api/v1/tokens ");
        assertThat(own.seen()).containsExactly("GET /api/v1/old " + credentials, "GET /api/v1/tokens null");
    }

    @ParameterizedTest
    @CsvSource({"301,GET,''", "302,GET,''", "303,GET,''", "307,POST,{}", "308,POST,{}"})
    void aPostGoesOnAsItsStatusSays(int status, String method, String body) throws Exception {
        own.redirect("/api/v1/old", status, "new");

        assertThat(post("old", "{}").body()).isEqualTo(method + " /api/v1/new " + body);
        assertThat(own.heard.get(1).headers().containsKey("Content-type")).isEqualTo(method.equals("POST"));
        assertThat(own.heard.get(1).credentials()).containsExactly("Bearer " + text);
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aBodyIsNotTakenToAnotherOrigin(int status) throws Exception {
        own.redirect("/api/v1/old", status, other.uri("/new").toString());

        HttpResponse<String> answer = post("old", "{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("POST /api/v1/old {}");
        assertThat(other.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://[", "file:///etc/passwd", "ftp://127.0.0.1/", "mailto:a@b"})
    void aRedirectToNowhereIsTheAnswer(String location) throws Exception {
        own.redirect("/api/v1/old", 302, location);

        assertThat(get("old").statusCode()).isEqualTo(302);
        assertThat(own.heard).hasSize(1);
    }

    @Test
    void whatIsNoRedirectIsTheAnswer() throws Exception {
        own.redirect("/api/v1/choice", 300, "new").redirect("/api/v1/made", 201, "new");

        assertThat(get("choice").statusCode()).isEqualTo(300);
        assertThat(get("made").statusCode()).isEqualTo(201);
        assertThat(own.heard).hasSize(2);
    }

    @Test
    void redirectsEnd() throws Exception {
        own.redirect("/api/v1/round", 302, "round");

        assertThatThrownBy(() -> get("round")).isInstanceOf(IOException.class).hasMessageContaining("more than 5");
        assertThat(own.heard).hasSize(6);

        for (int i = 0; i < 5; i++) own.redirect("/api/v1/" + i, 302, String.valueOf(i + 1));
        assertThat(get("0").body()).isEqualTo("GET /api/v1/5 ");
    }

    @Test
    void fromHttpsToHttpNothingIsFollowed(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.make(folder);
        try (HeardServer safe = new HeardServer(tls.server())) {
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(tls.client()).build();
            TokenClient overTls = new TokenClient(trusting, ApiToken.of(text), safe.uri("/"));
            String port = ":" + safe.uri("/").getPort();
            safe.redirect("/down", 302, other.uri("/new").toString())
                    .redirect("/same-port", 302, "http://127.0.0.1" + port + "/new")
                    .redirect("/inside", 302, "/new");

            for (String path : List.of("/down", "/same-port")) {
                assertThat(overTls.send(overTls.request(path).build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(302);
            }
            assertThat(overTls.send(overTls.request("/inside").build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("GET /new ");
            assertThat(other.heard).isEmpty();
            assertThat(safe.seen()).last().isEqualTo("GET /new " + credentials);

            own.redirect("/api/v1/up", 302, safe.uri("/new").toString());
            TokenClient plain = new TokenClient(trusting, ApiToken.of(text), own.uri("/api/v1/"));
            assertThat(plain.send(plain.request("up").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(safe.seen()).last().isEqualTo("GET /new null");
        }
    }

    @Test
    void aRequestToAnotherOriginIsNotSent() {
        for (String address : List.of(
                "//localhost/x", other.uri("/").toString(), own.byName("/").toString())) {
            assertThatThrownBy(() -> get(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(text);
        }
        assertThat(own.heard).isEmpty();
        assertThat(other.heard).isEmpty();
    }

    @Test
    void aRequestWithACredentialOfItsOwnIsNotSent() {
        HttpRequest request =
                client.request("me").header("authorization", "Basic x").build();

        assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Authorization");
        assertThat(own.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "ALWAYS"})
    void aClientThatFollowsByItselfIsNotTaken(String follows) {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.valueOf(follows))
                .build();

        assertThatThrownBy(() -> new TokenClient(following, ApiToken.of(text), own.uri("/")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
