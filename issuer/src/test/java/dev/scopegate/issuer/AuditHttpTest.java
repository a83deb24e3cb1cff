package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.issuer.IssuerServer.Reply;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditHttpTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<String> secrets = new ArrayList<>();
    private IssuerServer server;
    private Desk desk;
    private String ada;
    private String root;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk();
        server = new IssuerServer(desk);
        ada = server.token("ada", "caller", "data.data", "tokens.manage");
        root = server.token("root", "root", "admin");
        secrets.addAll(List.of(ada, root));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> events(String query) throws Exception {
        Reply reply = server.send(root, "GET", "/audit?page_size=200" + query, "");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return StreamSupport.stream(reply.json().path("results").spliterator(), false)
                .toList();
    }

    /** Events are written a moment after they happen. */
    private List<JsonNode> await(String query, int size) throws Exception {
        long start = System.nanoTime();
        while (true) {
            List<JsonNode> events = events(query);
            if (events.size() >= size) return events;
            assertThat(System.nanoTime() - start).as(events.toString()).isLessThan(PATIENCE_NANOS);
        }
    }

    private String stored(TokenKind kind, UnaryOperator<dev.scopegate.token.AccessTokenBuilder> facts)
            throws Exception {
        var plain = desk.scopegate.format().mint(kind);
        var builder = AccessToken.builder(kind, plain.id(), "made " + secrets.size(), "ada")
                .createdAt(desk.clock.instant());
        NewToken minted = new NewToken(facts.apply(builder).build(), plain);
        desk.store.add(StoredToken.of(minted), desk.clock.instant());
        secrets.add(minted.reveal());
        return minted.reveal();
    }

    private void me(String token) throws Exception {
        secrets.add(token);
        server.send(token, "GET", "/tokens", "");
    }

    @Test
    void anAdministratorReadsWhoDidWhatWhenAndFromWhere() throws Exception {
        String id = server.send(ada, "POST", "/tokens", "{'name':'ci','scopes':['data.data']}")
                .json()
                .path("id")
                .asText();
        JsonNode event = await("&token_id=" + id, 1).get(0);

        assertThat(event.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "at",
                        "type",
                        "actor",
                        "token_id",
                        "resource",
                        "client_ip",
                        "outcome",
                        "code",
                        "bytes",
                        "records");
        assertThat(event.path("at").asText()).isEqualTo(Desk.START.toString());
        assertThat(event.path("type").asText()).isEqualTo("token_minted");
        assertThat(event.path("actor").asText()).isEqualTo("ada");
        assertThat(event.path("client_ip").asText()).isEqualTo("127.0.0.1");
        assertThat(event.path("outcome").asText()).isEqualTo("success");
        for (String absent : List.of("resource", "code", "bytes", "records")) {
            assertThat(event.path(absent).isNull()).as(absent).isTrue();
        }
    }

    @Test
    void everybodyElseIsRefusedAndThatIsInTheLog() throws Exception {
        assertThat(server.send(ada, "GET", "/audit", "").outcome()).isEqualTo("403 permission_denied");
        assertThat(server.send(ada, "GET", "/audit?page_size=0", "").outcome()).isEqualTo("403 permission_denied");
        assertThat(server.send("", "GET", "/audit", "").outcome()).isEqualTo("401 not_authenticated");
        assertThat(server.send("", "GET", "/audit", "", "X-Test-User", "eve").outcome())
                .isEqualTo("403 permission_denied");
        assertThat(server.send("", "GET", "/audit", "", "X-Test-User", "root").status())
                .isEqualTo(200);

        assertThat(await("&type=access_refused", 3))
                .extracting(event ->
                        event.path("actor").asText() + " " + event.path("code").asText())
                .containsExactly("eve permission_denied", "ada permission_denied", "ada permission_denied");
    }

    @Test
    void aListIsFilteredAndPaged() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.send(ada, "POST", "/tokens", "{'name':'ci-" + i + "','scopes':['data.data']}");
        }
        await("&actor=ada&type=token_minted", 5);
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = server.send(root, "GET", "/audit?actor=ada&type=token_minted&page_size=2" + next, "")
                    .json();
            page.path("results").forEach(event -> ids.add(event.path("id").asText()));
            assertThat(page.path("results").size()).isLessThanOrEqualTo(2);
            next = page.path("next_page_token").isNull()
                    ? ""
                    : "&page_token=" + page.path("next_page_token").asText();
        } while (!next.isEmpty());

        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(events("&actor=nobody")).isEmpty();
        assertThat(events("&since=" + Desk.START.plusMillis(1))).isEmpty();
        assertThat(events("&until=" + Desk.START)).isEmpty();
        assertThat(events("&since=-999999999-01-01T00:00:00%2B18:00&until=%2B999999999-12-31T23:59:59Z"
                        + "&type=token_minted&actor=ada"))
                .hasSize(5);
        assertThat(events("&until=" + Desk.START.plusMillis(1) + "&type=token_minted&actor=ada"))
                .hasSize(5);
    }

    @Test
    void aParameterThatIsWrongIsNamed() throws Exception {
        for (String wrong : List.of(
                "page_size=0",
                "page_size=201",
                "page_token=x",
                "page_token=",
                "type=minted",
                "type=TOKEN_MINTED",
                "actor=",
                "actor=%00",
                "token_id=",
                "since=soon",
                "until=2030-01-01",
                "type=login&type=login")) {
            String name = wrong.substring(0, wrong.indexOf('='));
            assertThat(server.send(root, "GET", "/audit?" + wrong, "").outcome())
                    .as(wrong)
                    .isEqualTo("400 invalid@" + name);
        }
    }

    @Test
    void whereNothingIsKeptThereIsNothingToRead() throws Exception {
        try (IssuerServer without = new IssuerServer(new Desk(new InMemoryTokenStore(), false, "none"))) {
            String admin = without.token("root", "root", "admin");
            String other = without.token("ada", "ada", "tokens.read");
            assertThat(without.send(admin, "GET", "/audit", "").outcome()).isEqualTo("404 not_found");
            assertThat(without.send(other, "GET", "/audit", "").outcome()).isEqualTo("403 permission_denied");
        }
    }

    @Test
    void everyReasonForARefusalIsInTheLogAndNoSecretIs() throws Exception {
        var format = desk.scopegate.format();
        String id = format.read(ada).id();
        me(format.mint(TokenKind.PERSONAL).reveal());
        me(format.mint(TokenKind.PERSONAL, id).reveal());
        me(stored(TokenKind.PERSONAL, facts -> facts.expiresAt(Desk.START)));
        me(stored(TokenKind.PERSONAL, facts -> facts.revoked(Desk.START, "ada")));
        me(stored(TokenKind.REFRESH, facts -> facts));
        me(stored(
                TokenKind.PERSONAL,
                facts -> facts.allowedNetworks(List.of(dev.scopegate.net.Network.parse("192.0.2.0/24")))));
        me(stored(TokenKind.PERSONAL, facts -> facts.scopes(List.of("data.data"))));
        server.send("", "GET", "/tokens", "", "Authorization", "Bearer " + ada + ", Bearer " + ada);
        server.send("", "GET", "/tokens", "", "Authorization", "Bearer " + ada + " x");
        server.send(ada, "GET", "/tokens/" + encoded(ada), "");
        server.send(ada, "POST", "/tokens", "{'name':'wide','scopes':['data.edit']}");
        server.send(ada, "POST", "/tokens", "{'name':'x','scopes':[],'owner':'eve'}");
        server.send("", "POST", "/tokens", "{}", "X-Test-User", "eve");
        JsonNode key = server.send(ada, "POST", "/api-keys", "{'name':'ci','scopes':['data.data']}")
                .json();
        String secret = key.path("secret").asText();
        String guess =
                format.mint(TokenKind.API_KEY_SECRET, key.path("id").asText()).reveal();
        secrets.addAll(List.of(secret, guess));
        String login = "{'apiKey':'" + key.path("id").asText() + "','secret':'";
        server.send("", "POST", "/auth/authenticate", login + guess + "'}");
        JsonNode pair = server.send("", "POST", "/auth/authenticate", login + secret + "'}")
                .json();
        secrets.add(pair.path("accessToken").asText());
        secrets.add(pair.path("refreshToken").asText());
        server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + secret + "'}");
        server.send("", "POST", "/auth/authenticate", login + secret + "'}");
        await("&type=login", 3);

        List<JsonNode> events = events("");
        assertThat(events)
                .filteredOn(event -> event.path("outcome").asText().equals("refused"))
                .extracting(event ->
                        event.path("type").asText() + " " + event.path("code").asText())
                .contains(
                        "token_refused unknown",
                        "token_refused wrong_secret",
                        "token_refused expired",
                        "token_refused revoked",
                        "token_refused wrong_kind",
                        "token_refused ip_not_allowed",
                        "token_refused invalid_request",
                        "token_refused ill_formed",
                        "access_refused insufficient_scope",
                        "access_refused permission_denied",
                        "access_refused not_found",
                        "access_refused csrf_failed",
                        "login wrong_secret",
                        "login revoked");
        String all = events.toString();
        assertThat(secrets).hasSizeGreaterThan(10);
        for (String one : secrets) assertThat(all).doesNotContain(one.substring(18, 48));
    }

    @Test
    void signInsAndPrivateTokensAreInTheLogAndNoPasswordOrTokenIs() throws Exception {
        String password = UUID.randomUUID().toString();
        desk.users.passwords.put("ada", password);
        String right = "{'username':'ada','password':'" + password + "'}";
        JsonNode first = server.send("", "POST", "/auth/login/", right).json();
        String jwt = first.path("access_token").asText();
        String refresh = "{'refresh_token':'" + first.path("refresh_token").asText() + "'}";
        JsonNode next = server.send("", "POST", "/auth/refresh/", refresh).json();
        JsonNode made = server.send(
                        jwt,
                        "POST",
                        "/auth/private_tokens/",
                        "{'name':'backend','expiration_time':'2030-01-31T12:00:00Z'}")
                .json();
        String data = made.path("data").asText();
        server.send("", "POST", "/auth/login/", "{'username':'ada','password':'" + jwt + "'}");
        server.send("", "POST", "/auth/login/", "{'username':'" + password + "','password':'ada'}");
        server.send("", "POST", "/auth/login/", "{'username':'" + jwt + "','password':'ada'}");
        server.send("", "POST", "/auth/refresh/", "{'refresh_token':'" + jwt + "'}");
        server.send(jwt, "DELETE", "/auth/private_tokens/" + data, "");
        server.send(jwt, "DELETE", "/auth/private_tokens/" + made.path("id").asText(), "");
        desk.clock.pass(Duration.ofSeconds(11));
        server.send("", "POST", "/auth/refresh/", refresh);

        assertThat(await("&type=login", 7))
                .extracting(event -> event.path("code").asText("success"))
                .containsExactly(
                        "refresh_replayed", "ill_formed", "unknown", "unknown", "wrong_password", "success", "success");
        assertThat(await("&token_id=" + made.path("id").asText(), 2))
                .extracting(event -> event.path("type").asText() + " "
                        + event.path("actor").asText() + " "
                        + event.path("client_ip").asText())
                .containsExactly("token_deleted ada 127.0.0.1", "token_minted ada 127.0.0.1");
        String all = events("").toString();
        assertThat(all).doesNotContain(password);
        for (String one : List.of(jwt, data, next.path("access_token").asText())) {
            for (String part : one.split("\\.", -1)) assertThat(all).doesNotContain(part);
        }
        for (JsonNode pair : List.of(first, next)) {
            assertThat(all).doesNotContain(pair.path("refresh_token").asText().substring(18, 48));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
