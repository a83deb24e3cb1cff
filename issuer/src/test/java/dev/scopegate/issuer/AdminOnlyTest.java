package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.store.InMemoryTokenStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where only administrators deal with tokens, they do everything and nobody else anything, not even with their own. */
class AdminOnlyTest {
    private static final List<String> ENDPOINTS = List.of(
            "POST /tokens {'name':'new','scopes':[]}",
            "GET /tokens ",
            "GET /tokens?owner=ada ",
            "GET /tokens/T ",
            "PATCH /tokens/T {'name':'mine'}",
            "POST /tokens/T/rotate ",
            "POST /tokens/T/revoke ",
            "DELETE /tokens/T ",
            "POST /api-keys {'name':'new','scopes':[]}",
            "GET /api-keys ",
            "GET /api-keys/K ",
            "PATCH /api-keys/K {'name':'mine'}",
            "POST /api-keys/K/secret ",
            "DELETE /api-keys/K ");

    private IssuerServer server;
    private String root;
    private String adasToken;
    private String adasKey;

    @BeforeEach
    void start() throws Exception {
        server = new IssuerServer(new Desk(new InMemoryTokenStore(), true));
        root = server.token("root", "root", "admin");
        adasToken = made("/tokens", "{'name':'own','scopes':['job:execute'],'owner':'ada'}")
                .path("id")
                .asText();
        adasKey = made("/api-keys", "{'name':'key','scopes':['job:execute'],'owner':'ada'}")
                .path("id")
                .asText();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private JsonNode made(String list, String body) throws Exception {
        IssuerServer.Reply reply = server.send(root, "POST", list, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json();
    }

    @Test
    void nobodyElseDoesAnything() throws Exception {
        String manager = server.token("ada", "manager", "data.edit", "tokens.manage");
        String[] session = {"X-Test-User", "ada"};
        String csrf = server.send("", "GET", "/scopes", "", session).header(CrossSite.HEADER);
        String[] page = {"X-Test-User", "ada", CrossSite.HEADER, csrf, "Origin", server.origin()};
        String before = server.send(root, "GET", "/tokens?all=true", "").body()
                + server.send(root, "GET", "/api-keys?all=true", "").body();
        for (String endpoint : ENDPOINTS) {
            String[] parts = endpoint.split(" ", 3);
            String path = parts[1].replace("/T", "/" + adasToken).replace("/K", "/" + adasKey);
            assertThat(server.send(manager, parts[0], path, parts[2]).outcome())
                    .as(endpoint)
                    .isEqualTo("403 permission_denied");
            assertThat(server.send("", parts[0], path, parts[2], page).outcome())
                    .as(endpoint)
                    .isEqualTo("403 permission_denied");
        }
        assertThat(server.send(root, "GET", "/tokens?all=true", "").body()
                        + server.send(root, "GET", "/api-keys?all=true", "").body())
                .isEqualTo(before);
    }

    @Test
    void anAdministratorMakesListsAndDeletesForEver() throws Exception {
        JsonNode token = made("/tokens", "{'name':'nightly','scopes':['job:execute'],'owner':'ada'}");
        String secret = token.path("token").asText();
        String place = "/tokens/" + token.path("id").asText();
        assertThat(server.send(secret, "GET", "/scopes", "").status()).isEqualTo(200);

        JsonNode listed = server.send(root, "GET", "/tokens?owner=ada&q=nightly", "")
                .json()
                .at("/results/0");
        assertThat(listed.path("created_by").asText()).isEqualTo("root");
        assertThat(listed.path("owner").asText()).isEqualTo("ada");
        assertThat(listed.path("scopes").toString()).isEqualTo("[\"public\",\"job:execute\"]");

        assertThat(server.send(root, "DELETE", place, "").outcome()).isEqualTo("204");
        assertThat(server.send(root, "GET", place, "").outcome()).isEqualTo("404 not_found");
        assertThat(server.send(secret, "GET", "/scopes", "").outcome()).isEqualTo("401 invalid_token");
    }
}
