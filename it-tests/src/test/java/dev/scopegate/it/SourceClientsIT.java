package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients of the source systems do, as their own documents say it; only the address is the hub's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceClientsIT {
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningServer server;
    private String admin;

    @BeforeAll
    void start() throws Exception {
        Path folder = TestFiles.emptyFolder("source-clients");
        server = RunningServer.start(
                Container.embedded(), folder, folder.resolve("home"), "-Dscopegate.access-token-life=10s");
        admin = Files.readString(server.home().resolve("admin-token")).strip();
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    private HttpResponse<String> send(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.unquoted(body)));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode made(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return Json.read(response.body());
    }

    @Test
    void redivis_a_token_with_scopes_is_narrowed_and_revoked_at_once() throws Exception {
        String body = "{'name':'notebook','scopes':['data.data'],'owner':'rita'}";
        JsonNode token = made(send(admin, "POST", "/api/v1/tokens", body));
        String secret = token.path("token").asText();
        String place = "/api/v1/tokens/" + token.path("id").asText();
        String rows = "/api/v1/datasets/measurements/rows?limit=2";
        assertThat(send(secret, "GET", rows, "").statusCode()).isEqualTo(200);

        made(send(admin, "PATCH", place, "{'scopes':['data.metadata']}"));
        HttpResponse<String> narrowed = send(secret, "GET", rows, "");
        assertThat(narrowed.statusCode()).isEqualTo(403);
        assertThat(narrowed.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"insufficient_scope\"", "scope=\"data.data\"");
        assertThat(send(secret, "GET", "/api/v1/datasets/measurements/variables", "")
                        .statusCode())
                .isEqualTo(200);

        made(send(admin, "POST", place + "/revoke", ""));
        assertThat(send(secret, "GET", "/api/v1/datasets/penguins", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void redox_a_key_is_exchanged_refreshed_and_given_another_secret() throws Exception {
        JsonNode key = made(send(admin, "POST", "/api/v1/api-keys", "{'name':'hospital','scopes':['message.send']}"));
        String apiKey = key.path("api_key").asText();
        String message = "{'Meta':{'DataModel':'Scheduling','EventType':'New','Destinations':[{'ID':'D1'}]}}";
        String credentials =
                "{'apiKey':'" + apiKey + "','secret':'" + key.path("secret").asText() + "'}";
        JsonNode session = made(send("", "POST", "/api/v1/auth/authenticate", credentials));
        assertThat(session.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("accessToken", "expires", "refreshToken");
        assertThat(session.path("expires").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        Instant expires = Instant.parse(session.path("expires").asText()); // a day unless the server is told otherwise
        assertThat(expires).isBetween(Instant.now(), Instant.now().plusSeconds(10));
        String access = session.path("accessToken").asText();
        assertThat(send(access, "POST", "/api/v1/endpoint", message).statusCode())
                .isEqualTo(202);
        Await.until(
                "the token expires", Duration.ofSeconds(60), () -> Instant.now().isAfter(expires));
        HttpResponse<String> expired = send(access, "POST", "/api/v1/endpoint", message);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Json.read(expired.body()).at("/errors/0/code").asText()).isEqualTo("invalid_token");

        String refresh = "{'apiKey':'" + apiKey + "','refreshToken':'"
                + session.path("refreshToken").asText() + "'}";
        JsonNode next = made(send("", "POST", "/api/v1/auth/refreshToken", refresh));
        assertThat(next.path("accessToken").asText()).isNotEqualTo(access);
        assertThat(made(send("", "POST", "/api/v1/auth/refreshToken", refresh))).isEqualTo(next);
        String second = next.path("accessToken").asText();
        assertThat(send(second, "POST", "/api/v1/endpoint", message).statusCode())
                .isEqualTo(202);

        JsonNode renewed = made(send(admin, "POST", "/api/v1/api-keys/" + apiKey + "/secret", ""));
        assertThat(send(second, "POST", "/api/v1/endpoint", message).statusCode())
                .isEqualTo(401);
        assertThat(send(access, "POST", "/api/v1/endpoint", message).statusCode())
                .isEqualTo(401);
        assertThat(send("", "POST", "/api/v1/auth/authenticate", credentials).statusCode())
                .isEqualTo(401);
        String fresh =
                "{'apiKey':'" + apiKey + "','secret':'" + renewed.path("secret").asText() + "'}";
        made(send("", "POST", "/api/v1/auth/authenticate", fresh));
    }

    @Test
    void rivery_an_administrator_makes_a_token_that_runs_a_river_and_deletes_it_for_ever() throws Exception {
        JsonNode token = made(send(admin, "POST", "/api/v1/tokens", "{'name':'nightly','scopes':['job:execute']}"));
        String secret = token.path("token").asText();
        JsonNode list = made(send(admin, "GET", "/api/v1/tokens?q=nightly", ""));
        assertThat(list.at("/results/0/created_by").asText()).isEqualTo("admin");
        assertThat(list.at("/results/0/created_at").asText()).endsWith("Z");
        assertThat(list.at("/results/0/scopes").toString()).isEqualTo("[\"public\",\"job:execute\"]");

        String river = "{'river_id':'5f1a2b3c4d5e6f7a8b9c0d1e'}";
        assertThat(made(send(secret, "POST", "/api/run", river)).path("run_id").asText())
                .isNotEmpty();
        assertThat(send(secret, "POST", "/api/v1/tokens", "{'name':'x','scopes':[]}")
                        .statusCode())
                .isEqualTo(403);

        String place = "/api/v1/tokens/" + token.path("id").asText();
        assertThat(send(admin, "DELETE", place, "").statusCode()).isEqualTo(204);
        assertThat(send(admin, "GET", place, "").statusCode()).isEqualTo(404);
        assertThat(send(secret, "POST", "/api/run", river).statusCode()).isEqualTo(401);
    }

    @Test
    void hautai_a_sign_in_makes_a_private_token_that_lists_a_companys_datasets_until_it_is_deleted() throws Exception {
        String password =
                Files.readString(server.home().resolve("admin-password")).strip();
        String credentials = "{'username':'admin','password':'" + password + "'}";
        JsonNode session = made(send("", "POST", "/api/v1/auth/login/", credentials));
        String shortLived = session.path("token_access").asText();
        assertThat(session.path("access_token").asText()).isEqualTo(shortLived);
        String datasets = "/api/v1/companies/" + session.path("company_id").asText() + "/datasets/";
        assertThat(send(shortLived, "GET", datasets, "").statusCode()).isEqualTo(200);

        String end = Instant.now().plusSeconds(40_000_000).toString();
        String wanted = "{'name':'backend','expiration_time':'" + end + "'}";
        HttpResponse<String> created = send(shortLived, "POST", "/api/v1/auth/private_tokens/", wanted);
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode token = Json.read(created.body());
        String secret = token.path("data").asText();
        JsonNode list = made(send(secret, "GET", "/api/v1/auth/private_tokens/?page=1&page_size=10", ""));
        assertThat(list.path("count").asInt()).isEqualTo(1);
        assertThat(list.at("/results/0/id")).isEqualTo(token.path("id"));
        assertThat(made(send(secret, "GET", datasets, "")).path("results").size())
                .isPositive();

        JsonNode next = made(send(
                "",
                "POST",
                "/api/v1/auth/refresh/",
                "{'refresh_token':'" + session.path("refresh_token").asText() + "'}"));
        String place = "/api/v1/auth/private_tokens/" + token.path("id").asText() + "/";
        HttpResponse<String> deleted = send(next.path("access_token").asText(), "DELETE", place, "");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        HttpResponse<String> refused = send(secret, "GET", datasets, "");
        assertThat(refused.statusCode()).isEqualTo(401);
        JsonNode envelope = Json.read(refused.body());
        assertThat(envelope.path("type").asText()).isEqualTo("client_error");
        assertThat(envelope.at("/errors/0/code").asText()).isEqualTo("invalid_token");
        assertThat(envelope.at("/errors/0/detail").asText()).isEqualTo("The provided token is expired or invalid.");
        assertThat(server.jvm().out() + server.jvm().err()).doesNotContain(password, secret, shortLived);
    }
}
