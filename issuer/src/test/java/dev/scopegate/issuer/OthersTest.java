package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.NewToken;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is no administrator reaches nothing of another, through any endpoint, and grants nothing wider than their own. */
class OthersTest {
    /** Everything that names one token or key, with a body that would do something. */
    private static final List<String> ENDPOINTS = List.of(
            "GET /tokens/T ",
            "PATCH /tokens/T {'name':'mine'}",
            "PATCH /tokens/T {'scopes':[]}",
            "PATCH /tokens/T {'resources':['dataset:x']}",
            "PATCH /tokens/T {'allowed_networks':['10.0.0.1']}",
            "PATCH /tokens/T {'expires_at':null}",
            "POST /tokens/T/rotate ",
            "POST /tokens/T/rotate {'grace_seconds':1}",
            "POST /tokens/T/revoke ",
            "DELETE /tokens/T ",
            "GET /api-keys/K ",
            "PATCH /api-keys/K {'name':'mine'}",
            "PATCH /api-keys/K {'scopes':[]}",
            "PATCH /api-keys/K {'resources':['dataset:x']}",
            "PATCH /api-keys/K {'allowed_networks':['10.0.0.1']}",
            "POST /api-keys/K/secret ",
            "DELETE /api-keys/K ",
            // neither is the other's kind
            "GET /tokens/K ",
            "DELETE /tokens/K ",
            "POST /tokens/K/rotate ",
            "GET /api-keys/T ",
            "POST /api-keys/T/secret ",
            "DELETE /api-keys/T ");

    /** What a caller with data.data on dataset:a from 127.0.0.0/8 until 2030 may not ask for, and why. */
    private static final List<String> WIDER = List.of(
            "'scopes':['data.edit'] -> 403 insufficient_scope",
            "'scopes':['job:execute'] -> 403 insufficient_scope",
            "'scopes':['admin'] -> 400 invalid@scopes.0",
            "'resources':[] -> 403 resource_not_allowed",
            "'resources':['dataset:b'] -> 403 resource_not_allowed",
            "'resources':['dataset:a','dataset:b'] -> 403 resource_not_allowed",
            "'resources':['organization:demo'] -> 403 resource_not_allowed",
            "'allowed_networks':[] -> 403 permission_denied",
            "'allowed_networks':['10.0.0.0/8'] -> 403 permission_denied",
            "'allowed_networks':['126.0.0.0/7'] -> 403 permission_denied",
            "'expires_at':'2030-01-01T00:00:01Z' -> 403 permission_denied",
            "'owner':'bob' -> 403 permission_denied",
            "'owner':'root' -> 403 permission_denied");

    private IssuerServer server;
    private Desk desk;
    private String bobsToken = "";
    private String bobsKey = "";

    @BeforeEach
    void start() throws Exception {
        desk = new Desk();
        server = new IssuerServer(desk);
        bobsToken = desk.tokens()
                .mint(Desk.of("bob"), TokenDraft.of("token"))
                .facts()
                .id();
        bobsKey = desk.issuer
                .apiKeys()
                .create(Desk.of("bob"), TokenDraft.of("key"))
                .facts()
                .id();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private List<?> everything() throws Exception {
        return desk.store
                .page(TokenQuery.of("bob"), null, 200, desk.clock.instant())
                .tokens();
    }

    @Test
    void nothingOfAnotherIsSeenOrChanged() throws Exception {
        String manager = server.token("ada", "manager", "data.edit", "job:execute", "tokens.manage");
        String nominal = server.token("root", "nominal", "tokens.manage"); // an administrator's, without admin
        String reader = server.token("ada", "reader", "tokens.read");
        String plain = server.token("ada", "plain", "public");
        List<?> before = everything();
        for (String endpoint : ENDPOINTS) {
            String[] parts = endpoint.split(" ", 3);
            String path = parts[1].replace("/T", "/" + bobsToken).replace("/K", "/" + bobsKey);
            boolean reading = parts[0].equals("GET");
            for (String caller : List.of(manager, nominal)) {
                assertThat(server.send(caller, parts[0], path, parts[2]).outcome())
                        .as(endpoint)
                        .isEqualTo("404 not_found");
            }
            assertThat(server.send(reader, parts[0], path, parts[2]).outcome())
                    .as(endpoint)
                    .isEqualTo(reading ? "404 not_found" : "403 insufficient_scope");
            assertThat(server.send(plain, parts[0], path, parts[2]).outcome())
                    .as(endpoint)
                    .isEqualTo("403 insufficient_scope");
            assertThat(server.send("", parts[0], path, parts[2]).outcome())
                    .as(endpoint)
                    .isEqualTo("401 not_authenticated");
        }
        for (String list : List.of("/tokens", "/api-keys")) {
            for (String query : List.of("?owner=bob", "?all=true")) {
                assertThat(server.send(manager, "GET", list + query, "").outcome())
                        .isEqualTo("403 permission_denied");
            }
            assertThat(server.send(manager, "GET", list, "").body()).doesNotContain(bobsToken, bobsKey);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void noneOfTheirOwnIsTakenForAnotherKind() throws Exception {
        String manager = server.token("bob", "manager", "tokens.manage");
        List<?> before = everything();
        for (String path : List.of("/tokens/" + bobsKey, "/api-keys/" + bobsToken)) {
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                String body = method.equals("PATCH") ? "{'name':'mine'}" : "";
                assertThat(server.send(manager, method, path, body).outcome())
                        .as(method + " " + path)
                        .isEqualTo("404 not_found");
            }
        }
        assertThat(server.send(manager, "POST", "/tokens/" + bobsKey + "/rotate", "")
                        .outcome())
                .isEqualTo("404 not_found");
        assertThat(server.send(manager, "POST", "/api-keys/" + bobsToken + "/secret", "")
                        .outcome())
                .isEqualTo("404 not_found");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void nothingWiderThanTheCallersOwnIsMadeOrMadeWider() throws Exception {
        NewToken caller = desk.narrow();
        for (String list : List.of("/tokens", "/api-keys")) {
            String made = server.send(caller.reveal(), "POST", list, "{'name':'made','scopes':['data.overview']}")
                    .json()
                    .path("id")
                    .asText();
            String before =
                    server.send(caller.reveal(), "GET", list + "/" + made, "").body();
            assertThat(before).contains("dataset:a", "127.0.0.0/8", "2030-01-01T00:00:00Z");
            for (String rule : WIDER) {
                String field = BodyRulesTest.field(rule);
                String outcome = rule.substring(rule.indexOf(" -> ") + 4);
                assertThat(server.send(caller.reveal(), "POST", list, BodyRulesTest.body(field))
                                .outcome())
                        .as(rule)
                        .isEqualTo(outcome);
                if (field.startsWith("'owner'") || field.startsWith("'expires_at'")) continue;
                assertThat(server.send(caller.reveal(), "PATCH", list + "/" + made, "{" + field + "}")
                                .outcome())
                        .as(rule)
                        .isEqualTo(outcome);
            }
            assertThat(server.send(caller.reveal(), "GET", list + "/" + made, "")
                            .body())
                    .isEqualTo(before);
            assertThat(server.send(caller.reveal(), "DELETE", list + "/" + made, "")
                            .outcome())
                    .isEqualTo("204");
        }
        assertThat(desk.store
                        .page(TokenQuery.of("ada"), null, 9, desk.clock.instant())
                        .tokens())
                .hasSize(1);
    }

    @Test
    void aKeysBodiesHaveTheRulesOfATokens() throws Exception {
        String ada = server.token("ada", "caller", "data.edit", "tokens.manage");
        String key = desk.issuer
                .apiKeys()
                .create(Desk.of("ada"), TokenDraft.of("k"))
                .facts()
                .id();
        for (String rule : BodyRulesTest.ofAny()) {
            String field = BodyRulesTest.field(rule);
            for (String[] call : new String[][] {
                {"POST", "/api-keys", BodyRulesTest.body(field)}, {"PATCH", "/api-keys/" + key, "{" + field + "}"}
            }) {
                assertThat(server.send(ada, call[0], call[1], call[2]).outcome())
                        .as(rule)
                        .isEqualTo(BodyRulesTest.codes(rule));
            }
        }
        for (String field : List.of("apiKey", "secret")) {
            for (String value : List.of("null", "7", "[]", "{}")) {
                String other = field.equals("secret") ? "apiKey" : "secret";
                String body = "{'" + field + "':" + value + ",'" + other + "':'x'}";
                assertThat(server.send("", "POST", "/auth/authenticate", body).outcome())
                        .isEqualTo("400 invalid_type@" + field);
            }
        }
        for (String odd : List.of("", "x".repeat(10_000), "a\\u0000b", "\\u0007", "\\ud800", "a\\r\\nSet-Cookie: b")) {
            for (String[] call : new String[][] {
                {"authenticate", "secret", key, odd},
                {"authenticate", "secret", odd, "x"},
                {"refreshToken", "refreshToken", key, odd},
                {"refreshToken", "refreshToken", odd, "x"}
            }) {
                String body = "{'apiKey':'" + call[2] + "','" + call[1] + "':'" + call[3] + "'}";
                assertThat(server.send("", "POST", "/auth/" + call[0], body).outcome())
                        .isEqualTo("401 authentication_failed");
            }
            String leak = "{'token':'" + odd + "'}";
            assertThat(server.send("", "POST", "/tokens/revoke-leaked", leak).outcome())
                    .isEqualTo("204");
        }
        assertThat(server.send("", "POST", "/auth/refreshToken", "{'apiKey':'x','refreshToken':'y','z':1}")
                        .outcome())
                .isEqualTo("400 unknown_field@z");
    }
}
