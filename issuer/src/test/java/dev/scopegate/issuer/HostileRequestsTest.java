package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.issuer.IssuerServer.Reply;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.NewToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody tries at the REST interface who wants more than is theirs, or to bring it down. */
class HostileRequestsTest {
    private static final String JSON = "application/json";

    private final String password = UUID.randomUUID().toString();
    private IssuerServer server;
    private Desk desk;
    private String ada;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk();
        server = new IssuerServer(desk);
        desk.users.passwords.put("ada", password);
        ada = server.token("ada", "caller", "data.data", "tokens.manage");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String mintedId(String owner, String name) throws Exception {
        return desk.tokens().mint(Desk.of(owner), TokenDraft.of(name)).facts().id();
    }

    @Test
    void whatHoldsASecretIsJsonThatNobodyKeepsAndNoOtherSiteReads() throws Exception {
        String body = "{'name':'made','scopes':[]}";
        Reply key = answer("POST", "/api-keys", body.replace("made", "key"), "201");
        String apiKey = key.json().path("api_key").asText();
        String secret = key.json().path("secret").asText();
        Reply token = answer("POST", "/tokens", body, "201");
        Reply pair =
                answer("POST", "/auth/authenticate", "{'apiKey':'" + apiKey + "','secret':'" + secret + "'}", "200");
        String refresh = pair.json().path("refreshToken").asText();
        Reply next = answer(
                "POST", "/auth/refreshToken", "{'apiKey':'" + apiKey + "','refreshToken':'" + refresh + "'}", "200");
        Reply signedIn = answer("POST", "/auth/login", "{'username':'ada','password':'" + password + "'}", "200");
        String again = signedIn.json().path("refresh_token").asText();
        answer("POST", "/auth/refresh", "{'refresh_token':'" + again + "'}", "200");
        answer("POST", "/auth/private_tokens", "{'name':'p','expiration_time':'2030-01-31T12:00:00Z'}", "201");
        answer("POST", "/api-keys/" + apiKey + "/secret", "", "200");
        String place = "/tokens/" + token.json().path("id").asText();
        answer("POST", place + "/rotate", "", "200");
        for (String path : List.of(place, "/tokens", "/api-keys", "/api-keys/" + apiKey, "/auth/private_tokens")) {
            Reply shown = answer("GET", path, "", "200");
            assertThat(shown.body())
                    .doesNotContain(secret, refresh, token.json().path("token").asText());
            sameWithoutBody(shown, server.send(ada, "HEAD", path, "", "Origin", "https://evil.example"), path);
        }
        assertThat(next.body()).isNotEmpty();
        for (String refused : List.of("/tokens/absent", "/tokens?page_size=0")) {
            assertThat(answer("GET", refused, "", "").status()).isGreaterThanOrEqualTo(400);
        }
    }

    /** The answer to a page of another origin, which must not be let read it. */
    private Reply answer(String method, String path, String body, String outcome) throws Exception {
        String credential = path.startsWith("/auth/") && !path.contains("private") ? "" : ada;
        Reply reply = server.send(credential, method, path, body, "Origin", "https://evil.example");
        String what = method + " " + path;
        if (!outcome.isEmpty()) assertThat(reply.outcome()).as(what).isEqualTo(outcome);
        assertThat(reply.header("Cache-Control")).as(what).isEqualTo("no-store");
        assertThat(reply.header("Content-Type")).as(what).isEqualTo(JSON);
        assertThat(reply.response().headers().map().keySet())
                .as(what)
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
                .noneMatch("set-cookie"::equalsIgnoreCase);
        return reply;
    }

    private static void sameWithoutBody(Reply get, Reply head, String what) {
        assertThat(head.status()).as(what).isEqualTo(get.status());
        assertThat(head.body()).as(what).isEmpty();
        for (String name : List.of("Cache-Control", "Content-Type")) {
            assertThat(head.header(name)).as(what).isEqualTo(get.header(name));
        }
    }

    @Test
    void aPreflightIsToldOfNoOriginThatMayCome() throws Exception {
        for (String path : List.of("/tokens", "/api-keys", "/auth/login", "/auth/private_tokens", "/scopes")) {
            Reply reply = server.send(
                    "", "OPTIONS", path, "", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");
            assertThat(reply.header("Access-Control-Allow-Origin")).as(path).isEmpty();
            assertThat(reply.header("Access-Control-Allow-Credentials"))
                    .as(path)
                    .isEmpty();
            assertThat(server.send("", "OPTIONS", path, "", "X-Test-User", "root")
                            .status())
                    .as(path)
                    .isIn(200, 204, 401);
        }
    }

    @Test
    void aMethodIsWhatItIsWhateverAHeaderOrTheQuerySays() throws Exception {
        String id = mintedId("ada", "target");
        for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(server.send(ada, "GET", "/tokens/" + id + "?_method=DELETE&method=DELETE", "", name, "DELETE")
                            .outcome())
                    .isEqualTo("200");
            assertThat(server.send(ada, "POST", "/tokens/" + id + "?_method=DELETE", "{}", name, "DELETE")
                            .outcome())
                    .isEqualTo("405 method_not_allowed");
        }
        assertThat(server.send(ada, "GET", "/tokens/" + id, "").outcome()).isEqualTo("200");
    }

    /** Everything that changes something for who is signed in. */
    private static final List<String> CHANGES = List.of(
            "POST /tokens {'name':'x','scopes':[]}",
            "PATCH /tokens/T {'name':'mine'}",
            "POST /tokens/T/rotate ",
            "POST /tokens/T/revoke ",
            "DELETE /tokens/T ",
            "POST /api-keys {'name':'x','scopes':[]}",
            "PATCH /api-keys/K {'name':'mine'}",
            "POST /api-keys/K/secret ",
            "DELETE /api-keys/K ",
            "POST /auth/private_tokens {'name':'x','expiration_time':'2030-01-31T12:00:00Z'}",
            "DELETE /auth/private_tokens/T ");

    @Test
    void aSessionChangesNothingThatAnotherSiteAskedFor() throws Exception {
        String token = mintedId("eve", "target");
        String key = desk.issuer
                .apiKeys()
                .create(Desk.of("eve"), TokenDraft.of("key"))
                .facts()
                .id();
        String csrf =
                server.send("", "GET", "/scopes", "", "X-Test-User", "eve").header(CrossSite.HEADER);
        String before =
                server.send("", "GET", "/tokens", "", "X-Test-User", "eve").body();
        for (String change : CHANGES) {
            String[] parts = change.split(" ", 3);
            String path = parts[1].replace("/T", "/" + token).replace("/K", "/" + key);
            for (String[] proof : new String[][] {
                {"Origin", server.origin()},
                {"Origin", "https://evil.example", CrossSite.HEADER, csrf},
                {CrossSite.HEADER, csrf}
            }) {
                String[] headers = new String[proof.length + 2];
                System.arraycopy(proof, 0, headers, 0, proof.length);
                headers[proof.length] = "X-Test-User";
                headers[proof.length + 1] = "eve";
                assertThat(server.send("", parts[0], path, parts[2], headers).outcome())
                        .as(change)
                        .isEqualTo("403 csrf_failed");
            }
        }
        assertThat(server.send("", "GET", "/tokens", "", "X-Test-User", "eve").body())
                .isEqualTo(before);
    }

    @Test
    void jsonThatIsMeantToCostMuchIsRefusedInFewBytes() throws Exception {
        String digits = "9".repeat(5_000);
        for (String body : List.of(
                "[".repeat(30_000),
                "{'a':".repeat(10_000) + "1" + "}".repeat(10_000),
                "{'name':'x','scopes':[],'expires_at':" + digits + "}",
                "{'name':'x','scopes':[],'expires_at':1e" + digits + "}",
                "{'" + "n".repeat(60_000) + "':1}",
                "{'a':{'b':1,'b':2},'name':'x','scopes':[]}")) {
            Reply reply = server.send(ada, "POST", "/tokens", body);
            assertThat(reply.outcome()).as(body.substring(0, 20)).isEqualTo("400 parse_error");
            assertThat(reply.body().length()).isLessThan(500);
        }
        StringBuilder unknown = new StringBuilder("{'name':'x'");
        for (int i = 0; i < 5_000; i++) unknown.append(",'u").append(i).append("':1");
        String numbers = "{'scopes':[1" + ",1".repeat(30_000) + "]}";
        for (String body : List.of(unknown.append('}').toString(), numbers)) {
            Reply reply = server.send(ada, "POST", "/tokens", body);
            assertThat(reply.json().path("errors")).hasSize(100);
        }
        assertThat(server.send("", "POST", "/auth/login", unknown.toString())
                        .json()
                        .path("errors"))
                .hasSize(100);
        for (String number : List.of("1e400", "1E2", "0.5", "-1e1", "true")) {
            String id = mintedId("ada", "of " + number);
            assertThat(server.send(ada, "POST", "/tokens/" + id + "/rotate", "{'grace_seconds':" + number + "}")
                            .outcome())
                    .as(number)
                    .isEqualTo("400 invalid_type@grace_seconds");
        }
    }

    @Test
    void theLastMomentThatIsTakenWorksAndTheNextIsNot() throws Exception {
        String last = "9999-12-31T23:59:59.999Z";
        Reply token = server.send(ada, "POST", "/tokens", "{'name':'t','scopes':[],'expires_at':'" + last + "'}");
        assertThat(token.json().path("expires_at").asText()).isEqualTo(last);
        Reply key = server.send(ada, "POST", "/api-keys", "{'name':'k','scopes':[],'expires_at':'" + last + "'}");
        Reply pair = server.send(
                "",
                "POST",
                "/auth/authenticate",
                "{'apiKey':'" + key.json().path("id").asText() + "','secret':'"
                        + key.json().path("secret").asText() + "'}");
        Reply data = server.send(ada, "POST", "/auth/private_tokens", "{'name':'p','expiration_time':'" + last + "'}");
        for (String secret : List.of(
                token.json().path("token").asText(),
                pair.json().path("accessToken").asText(),
                data.json().path("data").asText())) {
            assertThat(server.send(secret, "GET", "/guarded", "").outcome()).isEqualTo("200");
        }
        for (String moment : List.of("%2B999999999-12-31T23:59:59.999999999-18:00", "-999999999-01-01T00:00:00Z")) {
            assertThat(server.send(ada, "GET", "/tokens?expires_before=" + moment, "")
                            .outcome())
                    .isEqualTo("200");
        }
    }

    @Test
    void anIdThatIsNoneIsAbsentAndNoStoreIsAskedForIt() throws Exception {
        TokenRepository strict = new Forwarding(new InMemoryTokenStore()) {
            @Override
            public @Nullable StoredToken get(String id) throws Unavailable {
                if (!id.matches("[0-9A-Za-z]{14}")) throw new IllegalStateException("asked for an odd id");
                return super.get(id);
            }
        };
        try (IssuerServer other = new IssuerServer(new Desk(strict, false))) {
            String manager = other.token("ada", "manager", "tokens.manage");

            for (String id : List.of("x".repeat(5_000), "%D9%A1".repeat(14), "'%20or%20'1'='1", "0000000000000*")) {
                for (String list : List.of("/tokens/", "/api-keys/")) {
                    assertThat(other.send(manager, "GET", list + id, "").outcome())
                            .as(id)
                            .isEqualTo("404 not_found");
                }
                assertThat(other.send(manager, "DELETE", "/auth/private_tokens/" + id, "")
                                .outcome())
                        .as(id)
                        .isEqualTo("404 not_found");
            }
            for (String id : List.of("%00", "%0a", "..%2f..%2fx", "%2e%2e")) {
                assertThat(other.send(manager, "GET", "/tokens/" + id, "").status())
                        .as(id)
                        .isEqualTo(400);
            }
        }
    }

    private static String cursor(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageTokenThatWasTamperedWithShowsNothingOfOthers() throws Exception {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            desk.clock.pass(Duration.ofMillis(1));
            others.add(mintedId("bob", "b" + i));
            mintedId("ada", "a" + i);
        }
        String bob = server.token("bob", "caller", "tokens.read");
        String next = next(server.send(bob, "GET", "/tokens?page_size=1", ""));
        String own = next(server.send(ada, "GET", "/tokens?page_size=1", ""));
        List<String> tampered = new ArrayList<>(List.of(next, own));
        for (int i = 0; i < own.length(); i++) {
            for (char other : new char[] {'A', 'z', '-', '_', '.', '='}) {
                tampered.add(own.substring(0, i) + other + own.substring(i + 1));
            }
            tampered.add(own.substring(0, i));
        }
        String id = others.get(1);
        for (String key : List.of(
                "", "x", "-1", "" + Long.MAX_VALUE, "" + Long.MIN_VALUE, "9223372036854775808", "1e3", "0x1", "٣")) {
            tampered.add(cursor(id + " " + key));
            tampered.add(cursor(" " + key));
            tampered.add(cursor("' or '1'='1 " + key));
            tampered.add(cursor("a\u0000b " + key));
        }
        tampered.add("A".repeat(5_000));
        int pages = 0;
        for (String token : tampered) {
            Reply reply = server.send(ada, "GET", "/tokens?page_size=200&page_token=" + token, "");
            assertThat(reply.outcome()).as(token).isIn("200", "400 invalid@page_token");
            assertThat(reply.body()).as(token).doesNotContain(others);
            if (reply.status() == 200) pages++;
            for (JsonNode shown : reply.json().path("results")) {
                assertThat(shown.path("owner").asText()).isEqualTo("ada");
            }
        }
        assertThat(pages).isPositive();
        assertThat(server.send(ada, "GET", "/tokens?q=a&page_token=" + own, "").outcome())
                .isEqualTo("400 invalid@page_token");
    }

    private static String next(Reply page) {
        return page.json().path("next_page_token").asText();
    }

    @Test
    void aTokenMakesItselfNoWider() throws Exception {
        NewToken narrow = desk.narrow();
        String place = "/tokens/" + narrow.facts().id();
        String before = server.send(narrow.reveal(), "GET", place, "").body();
        for (String change : List.of(
                "'scopes':['data.edit','tokens.manage'] -> 403 insufficient_scope",
                "'scopes':['admin'] -> 400 invalid@scopes.0",
                "'resources':[] -> 403 resource_not_allowed",
                "'resources':['organization:demo'] -> 403 resource_not_allowed",
                "'allowed_networks':[] -> 403 permission_denied",
                "'allowed_networks':['0.0.0.0/0'] -> 403 permission_denied",
                "'allowed_networks':['::/0'] -> 403 permission_denied",
                "'owner':'root' -> 400 unknown_field@owner",
                "'kind':'jwt' -> 400 unknown_field@kind",
                "'expires_at':'2031-01-01T00:00:00Z' -> 400 immutable@expires_at")) {
            String outcome = change.substring(change.indexOf(" -> ") + 4);
            assertThat(server.send(narrow.reveal(), "PATCH", place, "{" + BodyRulesTest.field(change) + "}")
                            .outcome())
                    .as(change)
                    .isEqualTo(outcome);
        }
        assertThat(server.send(narrow.reveal(), "GET", place, "").body()).isEqualTo(before);
    }

    @Test
    void whatAKeyIsExchangedForMakesNothingWiderOrLongerThanItself() throws Exception {
        Reply key = server.send(ada, "POST", "/api-keys", "{'name':'k','scopes':['tokens.manage','data.overview']}");
        String access = server.send(
                        "",
                        "POST",
                        "/auth/authenticate",
                        "{'apiKey':'" + key.json().path("id").asText() + "','secret':'"
                                + key.json().path("secret").asText() + "'}")
                .json()
                .path("accessToken")
                .asText();
        for (String list : List.of("/tokens", "/api-keys")) {
            assertThat(server.send(access, "POST", list, "{'name':'w','scopes':['data.data']}")
                            .outcome())
                    .isEqualTo("403 insufficient_scope");
            assertThat(server.send(access, "POST", list, "{'name':'l','scopes':[],'expires_at':'2026-03-06T00:00:00Z'}")
                            .outcome())
                    .isEqualTo("403 permission_denied");
        }
        String made = server.send(access, "POST", "/tokens", "{'name':'m','scopes':[]}")
                .json()
                .path("expires_at")
                .asText();
        assertThat(made).isEqualTo(Desk.START.plus(Duration.ofDays(1)).toString());
        assertThat(server.send(
                                ada,
                                "DELETE",
                                "/api-keys/" + key.json().path("id").asText(),
                                "")
                        .outcome())
                .isEqualTo("204");
        assertThat(server.send(access, "POST", "/tokens", "{'name':'n','scopes':[]}")
                        .outcome())
                .isEqualTo("401 invalid_token");
    }
}
