package dev.scopegate.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.rows.Row;
import dev.scopegate.it.rows.RowRunner;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the running hub answers is what its description says: to every row of {@code requests.csv}, and to every call. */
final class OpenApiIT {
    private final Tokens tokens = Tokens.ofThisRun();
    private RunningServer server;
    private Description description;

    private JsonNode send(String who, String method, String path, String body) throws Exception {
        List<String> headers = new ArrayList<>();
        if (!who.isEmpty()) headers.add("Authorization: Bearer " + tokens.get(who));
        if (!body.isEmpty()) headers.add("Content-Type: application/json");
        RawResponse response = server.client().send(new RawRequest(method, path, headers, Json.unquoted(body)));
        assertThat(response.status())
                .as(method + " " + path + ": " + response.text())
                .isBetween(200, 299);
        description.check(method, path, response);
        return response.length() == 0 ? Json.read("{}") : Json.read(response.text());
    }

    @Test
    void every_answer_is_as_it_is_described() throws Exception {
        Path folder = TestFiles.emptyFolder("openapi");
        try (RunningServer running = RunningServer.start(Container.embedded(), folder, tokens.copyHome(folder))) {
            server = running;
            RawResponse served = server.get("/api/v1/openapi.json", "");
            assertThat(served.status()).isEqualTo(200);
            description = new Description(served.text());
            description.check("GET", "/api/v1/openapi.json", served);
            rows();
            theLifeOfAToken();
            theLifeOfAKey();
            theLifeOfAJwt();
            assertThat(description.seen()).as("calls that were answered").containsAll(description.successes());
        }
    }

    private void rows() {
        RowRunner runner = new RowRunner(server, tokens);
        List<String> wrong = new ArrayList<>();
        for (Row row : Row.all()) {
            if (!row.path().startsWith("/") || row.method().equals("HEAD")) continue; // a HEAD is described by its GET
            try {
                RawResponse response = runner.send(row);
                // what the container refuses by its own hand is nobody's to describe
                boolean ours = response.status() < 400 || "application/json".equals(response.header("Content-Type"));
                if (ours) description.check(row.method(), row.path(), response);
            } catch (Exception | AssertionError e) {
                wrong.add("line " + row.line() + ", " + row.name() + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void theLifeOfAToken() throws Exception {
        JsonNode minted = send("manage", "POST", "/api/v1/tokens", "{'name':'described','scopes':['data.data']}");
        String place = "/api/v1/tokens/" + minted.path("id").asText();
        send("manage", "GET", "/api/v1/tokens?q=desc&page_size=1", "");
        send("manage", "GET", place, "");
        send("manage", "PATCH", place, "{'scopes':[],'resources':['dataset:penguins'],'allowed_networks':['::1']}");
        send("manage", "POST", place + "/rotate", "{'grace_seconds':5}");
        send("manage", "POST", place + "/revoke", "");
        send("manage", "GET", place, "");
        send("manage", "DELETE", place, "");
        send("admin", "GET", "/api/v1/exports/usage?all=true", "");
    }

    private void theLifeOfAKey() throws Exception {
        JsonNode key = send("manage", "POST", "/api/v1/api-keys", "{'name':'described','scopes':['data.data']}");
        String place = "/api/v1/api-keys/" + key.path("id").asText();
        String both = "{'apiKey':'" + key.path("api_key").asText() + "','%s':'%s'}";
        String secret = key.path("secret").asText();
        JsonNode pair = send("", "POST", "/api/v1/auth/authenticate", both.formatted("secret", secret));
        String refresh = pair.path("refreshToken").asText();
        send("", "POST", "/api/v1/auth/refreshToken", both.formatted("refreshToken", refresh));
        send("manage", "GET", place, "");
        send("manage", "PATCH", place, "{'name':'described otherwise'}");
        send("manage", "POST", place + "/secret", "");
        send("manage", "DELETE", place, "");
    }

    private void theLifeOfAJwt() throws Exception {
        String password =
                Files.readString(server.home().resolve("admin-password")).strip();
        JsonNode session = send("", "POST", "/api/v1/auth/login", "{'username':'admin','password':'" + password + "'}");
        String refresh = session.path("refresh_token").asText();
        send("", "POST", "/api/v1/auth/refresh", "{'refresh_token':'" + refresh + "'}");
        String draft = "{'name':'described','expiration_time':'2035-01-01T00:00:00Z'}";
        JsonNode made = send("manage", "POST", "/api/v1/auth/private_tokens", draft);
        send("manage", "GET", "/api/v1/auth/private_tokens?page_size=1", "");
        send(
                "manage",
                "DELETE",
                "/api/v1/auth/private_tokens/" + made.path("id").asText(),
                "");
        send("admin", "GET", "/api/v1/audit?page_size=200", "");
    }
}
