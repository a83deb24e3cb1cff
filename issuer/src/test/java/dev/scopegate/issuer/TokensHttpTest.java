package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.issuer.IssuerServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensHttpTest {
    private IssuerServer server;
    private Desk desk;
    private String ada;
    private String root;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk();
        server = new IssuerServer(desk);
        ada = server.token("ada", "caller", "data.edit", "job:execute", "tokens.manage");
        root = server.token("root", "root", "admin");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theLifeOfAToken() throws Exception {
        Reply minted = server.send(ada, "POST", "/tokens", "{'name':'ci','scopes':['data.data']}");
        assertThat(minted.status()).isEqualTo(201);
        String id = minted.json().path("id").asText();
        String plain = minted.json().path("token").asText();
        assertThat(minted.header("Location")).isEqualTo(server.origin() + "/api/v1/tokens/" + id);
        assertThat(minted.header("Cache-Control")).isEqualTo("no-store");
        assertThat(minted.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "name",
                        "kind",
                        "owner",
                        "created_by",
                        "scopes",
                        "resources",
                        "allowed_networks",
                        "created_at",
                        "expires_at",
                        "last_used_at",
                        "last_used_ip",
                        "revoked_at",
                        "status",
                        "hint",
                        "token");

        Reply shown = server.send(ada, "GET", "/tokens/" + id, "");
        assertThat(shown.body()).doesNotContain(plain).contains("\"status\":\"active\"");
        assertThat(shown.json().has("token")).isFalse();
        assertThat(server.send(plain, "GET", "/tokens", "").outcome()).isEqualTo("403 insufficient_scope");

        Reply edited = server.send(ada, "PATCH", "/tokens/" + id, "{'scopes':['tokens.manage'],'name':'ci 2'}");
        assertThat(edited.json().path("scopes").toString()).isEqualTo("[\"public\",\"tokens.manage\"]");
        assertThat(server.send(plain, "GET", "/tokens", "").outcome()).isEqualTo("200");

        Reply rotated = server.send(ada, "POST", "/tokens/" + id + "/rotate", "{'grace_seconds':60}");
        String second = rotated.json().path("token").asText();
        assertThat(server.send(plain, "GET", "/tokens", "").outcome()).isEqualTo("200");
        assertThat(server.send(second, "GET", "/tokens", "").outcome()).isEqualTo("200");
        assertThat(server.send(ada, "POST", "/tokens/" + id + "/rotate", "").status())
                .isEqualTo(200);
        assertThat(server.send(plain, "GET", "/tokens", "").outcome()).isEqualTo("401 invalid_token");
        assertThat(server.send(second, "GET", "/tokens", "").outcome()).isEqualTo("401 invalid_token");

        Reply revoked = server.send(ada, "POST", "/tokens/" + id + "/revoke", "");
        assertThat(revoked.json().path("status").asText()).isEqualTo("revoked");
        assertThat(server.send(ada, "POST", "/tokens/" + id + "/revoke", "{}").body())
                .isEqualTo(revoked.body());
        assertThat(server.send(ada, "PATCH", "/tokens/" + id, "{}").outcome()).isEqualTo("409 token_inactive");
        assertThat(server.send(ada, "DELETE", "/tokens/" + id, "").outcome()).isEqualTo("204");
        assertThat(server.send(ada, "DELETE", "/tokens/" + id, "").outcome()).isEqualTo("404 not_found");
    }

    @Test
    void aListIsReadPageByPageWhileTokensAreAdded() throws Exception {
        for (int i = 0; i < 7; i++) {
            desk.clock.pass(java.time.Duration.ofMillis(1));
            server.token("ada", "job " + i, "public");
        }
        List<String> names = new ArrayList<>();
        String next = "";
        do {
            Reply page = server.send(ada, "GET", "/tokens?page_size=3" + next, "");
            for (JsonNode token : page.json().path("results"))
                names.add(token.path("name").asText());
            server.token("ada", "late " + names.size(), "public");
            next = page.json().path("next_page_token").isNull()
                    ? ""
                    : "&page_token=" + page.json().path("next_page_token").asText();
        } while (!next.isEmpty());

        assertThat(names).containsExactly("job 6", "job 5", "job 4", "job 3", "job 2", "job 1", "job 0", "caller");
        assertThat(server.send(ada, "GET", "/tokens?q=JOB%200&status=active", "")
                        .json()
                        .path("results"))
                .hasSize(1);
        assertThat(server.send(root, "GET", "/tokens?all=true&q=caller", "")
                        .json()
                        .path("results"))
                .hasSize(1);
        assertThat(server.send(root, "GET", "/tokens?owner=ada&expires_before=2030-01-01T00:00:00Z", "")
                        .json()
                        .path("results"))
                .isEmpty();
    }

    @Test
    void whatAListDoesNotTakeIsNamed() throws Exception {
        for (String query : List.of(
                "page_size=0",
                "page_size=201",
                "page_size=x",
                "page_size=",
                "page_token=x",
                "status=dead",
                "all=yes",
                "expires_before=soon",
                "q=%00",
                "owner=%0a",
                "owner=")) {
            String name = query.substring(0, query.indexOf('='));
            assertThat(server.send(ada, "GET", "/tokens?" + query, "").outcome())
                    .as(query)
                    .isEqualTo("400 invalid@" + name);
        }
        assertThat(server.send(ada, "GET", "/tokens?q=a&q=b", "").outcome()).isEqualTo("400 invalid@q");
        assertThat(server.send(ada, "GET", "/tokens?all=true", "").outcome()).isEqualTo("403 permission_denied");
        assertThat(server.send(ada, "GET", "/tokens?owner=bob", "").outcome()).isEqualTo("403 permission_denied");
        assertThat(server.send(ada, "GET", "/tokens?owner=ada&all=false", "").outcome())
                .isEqualTo("200");
    }

    @Test
    void theCatalogIsForEveryToken() throws Exception {
        String plain = server.token("ada", "plain", "public");

        Reply scopes = server.send(plain, "GET", "/scopes", "");

        assertThat(scopes.json().path("results")).hasSize(8);
        assertThat(scopes.json().at("/results/0").toString())
                .isEqualTo("{\"name\":\"public\",\"description\":\"\",\"group\":\"\",\"implies\":[],\"default\":true}");
        assertThat(scopes.header(CrossSite.HEADER)).isEmpty();
        assertThat(server.send("", "GET", "/scopes", "").outcome()).isEqualTo("401 not_authenticated");
        assertThat(server.send("x", "GET", "/scopes", "").outcome()).isEqualTo("401 invalid_token");
    }

    @Test
    void whoeverFindsATokenCanKillItAndLearnsNothing() throws Exception {
        String leaked = server.token("bob", "leaked", "public");
        for (String token : List.of("nonsense", leaked.substring(0, 40), "sgp_" + "0".repeat(50), leaked, leaked)) {
            assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + token + "'}")
                            .outcome())
                    .isEqualTo("204");
        }
        assertThat(server.send(leaked, "GET", "/scopes", "").outcome()).isEqualTo("401 invalid_token");
        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{}").outcome())
                .isEqualTo("400 required@token");
        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':7}")
                        .outcome())
                .isEqualTo("400 invalid_type@token");
        for (int i = 0; i < 53; i++) server.send("", "POST", "/tokens/revoke-leaked", "{'token':'x'}");
        Reply throttled = server.send("", "POST", "/tokens/revoke-leaked", "{'token':'x'}");
        assertThat(throttled.outcome()).isEqualTo("429 throttled");
        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 60);
        desk.clock.pass(Duration.ofSeconds(60));
        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':'x'}")
                        .outcome())
                .isEqualTo("204");
    }

    @Test
    void aSessionProvesItsPageBeforeItChangesAnything() throws Exception {
        String[] session = {"X-Test-User", "eve"};
        String csrf = server.send("", "GET", "/scopes", "", session).header(CrossSite.HEADER);
        String body = "{'name':'ci','scopes':['data.edit']}";

        assertThat(csrf).hasSize(43);
        assertThat(server.send("", "GET", "/tokens", "", session).outcome()).isEqualTo("200");
        assertThat(server.send("", "POST", "/tokens", body, session).outcome()).isEqualTo("403 csrf_failed");
        for (String[] wrong : new String[][] {
            {CrossSite.HEADER, csrf},
            {CrossSite.HEADER, csrf, "Origin", "https://evil.example"},
            {CrossSite.HEADER, csrf, "Origin", "null"},
            {CrossSite.HEADER, csrf + "x", "Origin", server.origin()},
            {"Origin", server.origin()}
        }) {
            assertThat(server.send("", "POST", "/tokens", body, with(wrong, session))
                            .outcome())
                    .isEqualTo("403 csrf_failed");
        }
        String[] right = with(new String[] {CrossSite.HEADER, csrf, "Origin", server.origin()}, session);
        Reply minted = server.send("", "POST", "/tokens", body, right);
        assertThat(minted.status()).isEqualTo(201);
        assertThat(minted.json().path("created_by").asText()).isEqualTo("eve");
        assertThat(server.send("", "POST", "/tokens", "{'name':'a','scopes':['admin']}", right)
                        .outcome())
                .isEqualTo("400 invalid@scopes.0");
        assertThat(server.send("", "GET", "/tokens?all=true", "", "X-Test-User", "root")
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void anAdministratorByRoleMayHaveTheScopeOfOne() throws Exception {
        String[] session = {"X-Test-User", "chief"}; // in the role, and not among the owners who are administrators
        String csrf = server.send("", "GET", "/scopes", "", session).header(CrossSite.HEADER);
        String[] right = with(new String[] {CrossSite.HEADER, csrf, "Origin", server.origin()}, session);

        Reply minted = server.send("", "POST", "/tokens", "{'name':'all','scopes':['admin']}", right);
        assertThat(minted.status()).isEqualTo(201);
        assertThat(server.send("", "POST", "/tokens", "{'name':'b','scopes':['admin'],'owner':'bob'}", right)
                        .outcome())
                .isEqualTo("400 invalid@scopes.0");
        String token = minted.json().path("token").asText();
        assertThat(server.send(token, "GET", "/tokens", "").outcome()).isEqualTo("200");
        assertThat(server.send(token, "GET", "/tokens?all=true", "").outcome()).isEqualTo("403 permission_denied");
    }

    @Test
    void whatExpiresSoonIsListed() throws Exception {
        for (int day = 1; day <= 5; day++) {
            String end = Desk.START.plus(Duration.ofDays(day)).toString();
            String body = "{'name':'day " + day + "','scopes':[],'expires_at':'" + end + "'}";
            assertThat(server.send(ada, "POST", "/tokens", body).status()).isEqualTo(201);
            desk.clock.pass(Duration.ofMillis(1)); // or ids decide which is newer
        }
        assertThat(names("expires_before=2026-03-07T05:06:07.089Z")).containsExactly("day 2", "day 1");
        assertThat(names("expires_before=2026-03-07T05:06:07.090Z")).containsExactly("day 3", "day 2", "day 1");
        assertThat(names("expires_before=2026-03-07T07:06:07.090%2B02:00&page_size=2"))
                .containsExactly("day 3", "day 2");
        assertThat(names("expires_before=9999-12-31T23:59:59Z")).hasSize(5);
        desk.clock.pass(Duration.ofDays(2));
        assertThat(names("expires_before=2026-03-07T05:06:07.090Z&status=active"))
                .containsExactly("day 3");
        assertThat(names("expires_before=2026-03-07T05:06:07.090Z&status=expired"))
                .containsExactly("day 2", "day 1");
    }

    private List<String> names(String query) throws Exception {
        JsonNode page = server.send(ada, "GET", "/tokens?" + query, "").json();
        List<String> names = new ArrayList<>();
        page.path("results").forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    @Test
    void aLeakIsRevokedToTheMillisecondLikeEverythingElse() throws Exception {
        desk.clock.now = Desk.START.plusNanos(123_456);
        String leaked = server.token("ada", "leaked", "public");

        server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + leaked + "'}");

        assertThat(server.send(ada, "GET", "/tokens?status=revoked", "")
                        .json()
                        .at("/results/0/revoked_at")
                        .asText())
                .isEqualTo("2026-03-04T05:06:07.089Z");
    }

    @Test
    void aRequestWithTheHeaderIsJudgedByItAlone() throws Exception {
        for (String header : List.of("Bearer x", "Bearer", "Basic eve:eve", "Bearer a, Bearer b")) {
            assertThat(server.send("", "GET", "/tokens", "", "X-Test-User", "root", "Authorization", header)
                            .status())
                    .as(header)
                    .isIn(400, 401);
        }
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
