package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BearerTokenFilterTest {
    private static final GuardedServer server = new GuardedServer();

    @BeforeAll
    static void start() throws Exception {
        server.serving("/who", new Servlets.WhoAmI())
                .serving("/data/*", new Servlets.NeedsData())
                .serving("/inherited", new Servlets.InheritsNeedsData())
                .serving("/open", new Servlets.Open())
                .serving("/closed", new Servlets.Closed())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRequestWithoutCredentialsIsChallengedWithoutAnError() throws Exception {
        Reply reply = server.get("/app/who");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"scopegate\"");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Length"))
                .isEqualTo(String.valueOf(reply.body().length()));
        assertThat(reply.body())
                .isEqualTo("{\"type\":\"client_error\",\"errors\":[{\"code\":\"not_authenticated\","
                        + "\"detail\":\"This request needs a bearer token.\",\"attr\":null,\"extra\":null}]}");
    }

    @Test
    void twoLinesAreOneTooManyWhateverTheySay() throws Exception {
        String line = "Authorization: Bearer " + server.token("public");
        assertThat(server.get("/app/who", line).status()).isEqualTo(200);
        assertThat(server.get("/app/who", line, line)).hasToString("400 invalid_request");
        assertThat(server.get("/app/who", line, "Authorization: Basic YTpi")).hasToString("400 invalid_request");
    }

    @Test
    void aRefusedRequestWithABodyEndsItsConnectionAndSaysSo() throws Exception {
        String head = "POST /app/who HTTP/1.1\r\nHost: localhost\r\n";
        for (String body :
                List.of("Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
            Reply reply = server.sendRaw(head + body);
            assertThat(reply).hasToString("401 not_authenticated");
            assertThat(reply.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void aValidTokenIsThePrincipalAndItsScopesAreTheRoles() throws Exception {
        String token = server.token("data.overview");
        assertThat(server.getAs(token, "/app/who").body()).isEqualTo("alice alice BEARER true false");
    }

    @Test
    void aPersonalTokenThatExpiresSoonIsToldByAHeader() throws Exception {
        String header = "Scopegate-Token-Expiration";
        Instant end = Instant.now().plus(Duration.ofDays(6)).truncatedTo(ChronoUnit.SECONDS);
        String ending = server.token(facts -> facts.expiresAt(end));
        assertThat(server.getAs(ending, "/app/who").header(header)).isEqualTo(end.toString());
        Reply refused = server.getAs(ending, "/app/data/x");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header(header)).isEqualTo(end.toString());

        Instant later = Instant.now().plus(Duration.ofDays(8));
        for (String other : List.of(
                server.token(facts -> facts.expiresAt(later)),
                server.token(facts -> facts.expiresAt(Instant.MAX)),
                server.token("data.data"),
                server.token(TokenKind.ACCESS, facts -> facts.expiresAt(end)),
                server.token(facts -> facts.expiresAt(end).revoked(Instant.now(), "admin")))) {
            assertThat(server.getAs(other, "/app/who").header(header)).isEqualTo("(none)");
        }
    }

    @Test
    void everyKindOfBadTokenLooksTheSame() throws Exception {
        String expired = server.token(facts -> facts.expiresAt(Instant.now().minusSeconds(1)));
        String revoked = server.token(facts -> facts.revoked(Instant.now(), "admin"));
        String unknown = server.format.mint(TokenKind.PERSONAL).reveal();
        String wrongChecksum = unknown.substring(0, unknown.length() - 1) + (unknown.endsWith("A") ? "B" : "A");
        Reply first = server.getAs(expired, "/app/who");
        assertThat(first.status()).isEqualTo(401);
        assertThat(first.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"scopegate\", error=\"invalid_token\","
                        + " error_description=\"The provided token is expired or invalid.\"");
        for (String token : List.of(revoked, unknown, wrongChecksum, "eyJhbGciOiJub25lIn0.e30.")) {
            Reply reply = server.getAs(token, "/app/who");
            assertThat(reply.body()).isEqualTo(first.body()).doesNotContain(token);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(first.header("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REFRESH", "API_KEY_SECRET"})
    void secretsThatOnlyTheIssuerTakesOpenNothing(TokenKind kind) throws Exception {
        String secret = server.token(kind, facts -> facts.scopes(List.of("admin")));
        assertThat(server.getAs(secret, "/app/who")).hasToString("401 invalid_token");
    }

    @Test
    void theSecretOfOneTokenDoesNotOpenAnother() throws Exception {
        String one = server.token("admin");
        String other =
                server.format.mint(TokenKind.PERSONAL, one.substring(4, 18)).reveal();
        assertThat(server.getAs(other, "/app/who")).hasToString("401 invalid_token");
        assertThat(server.getAs(one, "/app/who").status()).isEqualTo(200);
    }

    @Test
    void aMissingScopeIsNamedInChallengeAndExtra() throws Exception {
        Reply reply = server.getAs(server.token("data.overview"), "/app/data/x");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"")
                .endsWith("scope=\"data.data\"");
        assertThat(reply.body()).contains("\"extra\":{\"required\":[\"data.data\"],\"granted\":[\"data.overview\"]}");
    }

    @Test
    void anAnnotationIsFoundOnASuperclassAndImpliedScopesAreEnough() throws Exception {
        assertThat(server.getAs(server.token("public"), "/app/inherited")).hasToString("403 insufficient_scope");
        assertThat(server.getAs(server.token("admin"), "/app/inherited").status())
                .isEqualTo(200);
    }

    @Test
    void aPermittedServletTakesABadTokenForNoToken() throws Exception {
        assertThat(server.get("/app/open").body()).startsWith("anonymous");
        assertThat(server.getAs("junk", "/app/open").body()).startsWith("anonymous");
        assertThat(server.getAs(server.token("public"), "/app/open").body()).startsWith("alice");
    }

    @Test
    void aDeniedServletIsClosedToEveryToken() throws Exception {
        assertThat(server.getAs(server.token("admin"), "/app/closed")).hasToString("403 permission_denied");
        assertThat(server.get("/app/closed")).hasToString("401 not_authenticated");
    }

    @Test
    void aTokenIsRefusedOutsideItsNetworks() throws Exception {
        String elsewhere = server.token(facts -> facts.allowedNetworks(List.of(Network.parse("192.0.2.0/24"))));
        String here = server.token(facts -> facts.allowedNetworks(List.of(Network.parse("127.0.0.0/8"))));
        Reply refused = server.getAs(elsewhere, "/app/who");
        assertThat(refused).hasToString("403 ip_not_allowed");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("(none)");
        assertThat(server.getAs(here, "/app/who").status()).isEqualTo(200);
    }

    @Test
    void headGetsTheSameHeadersAndNoBody() throws Exception {
        Reply get = server.get("/app/who");
        Reply head = server.send("HEAD", "/app/who");
        assertThat(head.body()).isEmpty();
        assertThat(head.status()).isEqualTo(401);
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.header("WWW-Authenticate")).isEqualTo(get.header("WWW-Authenticate"));
    }

    @Test
    void aRevokedTokenIsRefusedFromTheNextRequestOn() throws Exception {
        String token = server.token("public");
        assertThat(server.getAs(token, "/app/who").status()).isEqualTo(200);
        server.store.revoke(token.substring(4, 18), Instant.now(), "alice");
        assertThat(server.getAs(token, "/app/who")).hasToString("401 invalid_token");
    }

    @Test
    void anUnknownPathIsRefusedBeforeItIsNotFound() throws Exception {
        assertThat(server.get("/app/nowhere").status()).isEqualTo(401);
        assertThat(server.getAs(server.token("public"), "/app/nowhere").status())
                .isEqualTo(404);
    }
}
