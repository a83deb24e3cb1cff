package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dev.scopegate.issuer.IssuerServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign-in and private tokens over HTTP. */
class PrivateTokensTest {
    private static final String PLACE = "/auth/private_tokens";
    private static final String IN_2030 = "'expiration_time':'2030-01-31T12:00:00.500+01:00'";

    private final String password = UUID.randomUUID().toString();
    private final Desk desk = new Desk();
    private IssuerServer server;
    private String ada;

    @BeforeEach
    void start() throws Exception {
        server = new IssuerServer(desk);
        desk.users.passwords.put("ada", password);
        ada = login().json().path("access_token").asText();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply login() throws Exception {
        return server.send("", "POST", "/auth/login/", "{'username':'ada','password':'" + password + "'}");
    }

    private JsonNode made(String token, String name, String more) throws Exception {
        Reply reply = server.send(token, "POST", PLACE + "/", "{'name':'" + name + "'," + IN_2030 + more + "}");
        assertThat(reply.outcome()).as(reply.body()).isEqualTo("201");
        return reply.json();
    }

    @Test
    void aSignInIsAnsweredWithWhatItsClientsRead() throws Exception {
        Reply reply = login();
        JsonNode json = reply.json();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "email",
                        "username",
                        "company_id",
                        "token_access",
                        "access_token",
                        "refresh_token",
                        "is_verified",
                        "profile");
        assertThat(json.path("token_access")).isEqualTo(json.path("access_token"));
        assertThat(json.path("company_id").asText()).isEqualTo("demo");
        Reply next = server.send(
                "",
                "POST",
                "/auth/refresh/",
                "{'refresh_token':'" + json.path("refresh_token").asText() + "'}");
        assertThat(next.json().path("access_token").asText()).isNotEmpty().isNotEqualTo(ada);
        Reply wrong = server.send("", "POST", "/auth/login", "{'username':'ada','password':'x'}");
        assertThat(wrong.outcome()).isEqualTo("401 authentication_failed");
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(server.send("", "POST", "/auth/login", "{'username':'ada'}").outcome())
                .isEqualTo("400 required@password");
        assertThat(server.send("", "POST", "/auth/login", "{'username':1,'password':null,'x':1}")
                        .outcome())
                .isEqualTo("400 invalid_type@username invalid_type@password unknown_field@x");
    }

    @Test
    void aSignedInUserMakesATokenThatOutlivesTheSignIn() throws Exception {
        JsonNode token = made(ada, "backend", ",'scopes':['data.data']");
        assertThat(token.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "name", "expiration_time", "data");
        assertThat(token.path("expiration_time").asText()).isEqualTo("2030-01-31T11:00:00.500Z");
        String data = token.path("data").asText();

        desk.clock.pass(Duration.ofDays(200));
        assertThat(server.send(ada, "GET", "/scopes", "").status()).isEqualTo(401);
        assertThat(server.send(data, "GET", "/scopes", "").status()).isEqualTo(200);
        assertThat(desk.store.get(token.path("id").asText()).secrets()).isEmpty();
        assertThat(desk.store.get(token.path("id").asText()).toString()).doesNotContain(data);
    }

    @Test
    void aDeletedTokenIsDeadAtOnceAndGone() throws Exception {
        JsonNode token = made(ada, "backend", "");
        String data = token.path("data").asText();
        String place = PLACE + "/" + token.path("id").asText();
        assertThat(server.send(data, "GET", PLACE, "").status()).isEqualTo(200);
        desk.users.passwords.put("eve", password);
        String eve = server.send("", "POST", "/auth/login", "{'username':'eve','password':'" + password + "'}")
                .json()
                .path("access_token")
                .asText();
        assertThat(server.send(eve, "DELETE", place, "").outcome()).isEqualTo("404 not_found");
        assertThat(server.send(ada, "DELETE", PLACE + "/absent", "").outcome()).isEqualTo("404 not_found");

        Reply deleted = server.send(ada, "DELETE", place + "/", "");

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(server.send(data, "GET", PLACE, "").status()).isEqualTo(401);
        assertThat(server.send(ada, "DELETE", place, "").status()).isEqualTo(404);
        assertThat(server.send(ada, "GET", PLACE, "").json().path("count").asInt())
                .isZero();
        assertThat(desk.denylist.denies(token.path("id").asText())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {}                                                                | 400 required@name required@expiration_time
                    {'name':'x','expiration_time':'2020-01-01T00:00:00Z'}             | 400 invalid@expiration_time
                    {'name':'x','expiration_time':'2030-01-01T00:00:00'}              | 400 invalid@expiration_time
                    {'name':'x','expiration_time':'tomorrow'}                         | 400 invalid@expiration_time
                    {'name':'x','expiration_time':1893456000}                         | 400 invalid_type@expiration_time
                    {'name':'x','expiration_time':null}                               | 400 invalid_type@expiration_time
                    {'name':'','expiration_time':'2030-01-01T00:00:00Z'}              | 400 invalid@name
                    {'name':'x','expiration_time':'2030-01-01T00:00:00Z','a':1}       | 400 unknown_field@a
                    {'name':'x','expiration_time':'2030-01-01T00:00:00Z','scopes':['nothing']} | 400 invalid@scopes.0
                    {'name':'x','expiration_time':'2030-01-01T00:00:00Z','scopes':['admin']}   | 400 invalid@scopes.0
                    {'name':'x','expiration_time':'2030-01-01T00:00:00Z','scopes':'public'}    | 400 invalid_type@scopes
                    """)
    void whatBreaksARuleIsNamedAndNothingIsMade(String body, String outcome) throws Exception {
        assertThat(server.send(ada, "POST", PLACE, body).outcome()).isEqualTo(outcome);
        assertThat(server.send(ada, "GET", PLACE, "").json().path("count").asInt())
                .isZero();
    }

    @Test
    void nobodyMakesATokenWiderOrLongerThanTheirOwn() throws Exception {
        String narrow = made(ada, "narrow", ",'scopes':['tokens.manage','data.overview']")
                .path("data")
                .asText();
        String body = "{'name':'x','expiration_time':'%s','scopes':['%s']}";
        assertThat(server.send(narrow, "POST", PLACE, body.formatted("2029-01-01T00:00:00Z", "data.data"))
                        .outcome())
                .isEqualTo("403 insufficient_scope");
        assertThat(server.send(narrow, "POST", PLACE, body.formatted("2031-01-01T00:00:00Z", "public"))
                        .outcome())
                .isEqualTo("403 permission_denied");
        assertThat(server.send(narrow, "POST", PLACE, body.formatted("2029-01-01T00:00:00Z", "data.overview"))
                        .outcome())
                .isEqualTo("201");
        String reader = server.token("ada", "reader", "tokens.read");
        assertThat(server.send(reader, "GET", PLACE, "").status()).isEqualTo(200);
        assertThat(server.send(reader, "POST", PLACE, body.formatted("2029-01-01T00:00:00Z", "public"))
                        .outcome())
                .isEqualTo("403 insufficient_scope");
        String nothing = server.token("ada", "nothing", "data.data");
        assertThat(server.send(nothing, "GET", PLACE, "").outcome()).isEqualTo("403 insufficient_scope");
        assertThat(server.send("", "GET", PLACE, "").status()).isEqualTo(401);
        JsonNode same = made(ada, "same", "");
        assertThat(server.send(ada, "POST", PLACE, "{'name':'same'," + IN_2030 + "}")
                        .outcome())
                .isEqualTo("400 unique@name");
        assertThat(same.path("data").asText()).isNotEmpty();
    }

    @Test
    void listsComeByNumberedPages() throws Exception {
        for (String name : new String[] {"b", "a", "c", "d", "ab"}) made(ada, name, "");
        JsonNode first = server.send(ada, "GET", PLACE + "/?ordering=name&page_size=2", "")
                .json();
        assertThat(first.path("count").asInt()).isEqualTo(5);
        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(first.at("/results/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "name", "expiration_time");
        assertThat(first.at("/results/1/name").asText()).isEqualTo("ab");
        URI next = URI.create(first.path("next").asText());
        assertThat(next.toString()).startsWith(server.origin());
        JsonNode second =
                server.send(ada, "GET", PLACE + "/?" + next.getRawQuery(), "").json();
        assertThat(second.at("/results/0/name").asText()).isEqualTo("b");
        assertThat(second.path("previous").asText()).contains("page=1");
        JsonNode last = server.send(ada, "GET", PLACE + "?ordering=-name&page_size=2&page=3", "")
                .json();
        assertThat(last.at("/results/0/name").asText()).isEqualTo("a");
        assertThat(last.path("next").isNull()).isTrue();
        assertThat(server.send(ada, "GET", PLACE + "?q=A", "")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.send(ada, "GET", PLACE + "?page_size=5&page=2", "").outcome())
                .isEqualTo("404 not_found");
        assertThat(server.send(ada, "GET", PLACE + "?page=0&page_size=201&ordering=owner", "")
                        .outcome())
                .isEqualTo("400 invalid@page invalid@page_size invalid@ordering");
        assertThat(server.send(ada, "GET", "/tokens", "").json().path("results").size())
                .isZero();
    }

    @Test
    void aLeakedJwtIsKilledIfItsSignatureHolds() throws Exception {
        String data = made(ada, "leaked", "").path("data").asText();
        String[] parts = data.split("\\.", -1);
        String forged = parts[0] + "." + parts[1] + "." + ada.split("\\.", -1)[2];
        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + forged + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(server.send(data, "GET", PLACE, "").status()).isEqualTo(200);

        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + data + "'}")
                        .status())
                .isEqualTo(204);

        assertThat(server.send(data, "GET", PLACE, "").status()).isEqualTo(401);
        assertThat(server.send(ada, "GET", PLACE, "").json().path("count").asInt())
                .isZero();
        assertThat(server.send("", "POST", "/tokens/revoke-leaked", "{'token':'" + ada + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(server.send(ada, "GET", PLACE, "").status()).isEqualTo(401);
    }

    @Test
    void theKeySetIsPublicAndVerifies() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + "/.well-known/jwks.json"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/jwk-set+json");
        JWKSet keys = JWKSet.parse(response.body());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        JWSObject jws = JWSObject.parse(ada);
        assertThat(jws.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey())))
                .isTrue();
    }
}
