package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.issuer.IssuerServer.Reply;
import dev.scopegate.store.InMemoryTokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a sign-in has given, once its user has another password, or is gone. */
class PasswordChangeTest {
    private static final List<String> OF_THE_ISSUER = List.of(
            "GET /tokens ",
            "POST /tokens {'name':'x','scopes':[]}",
            "GET /api-keys ",
            "POST /api-keys {'name':'y','scopes':[]}",
            "GET /auth/private_tokens ",
            "POST /auth/private_tokens {'name':'z','expiration_time':'2030-01-31T12:00:00Z'}");

    private static Desk desk(String cacheTtl) {
        return new Desk(new InMemoryTokenStore(), false, Map.of("cache-ttl", cacheTtl, "cache-unknown-ttl", "0"));
    }

    private static String changePassword(Desk desk) {
        String password = UUID.randomUUID().toString();
        desk.users.passwords.put("ada", password);
        desk.users.since = desk.users.since.plusSeconds(1);
        return password;
    }

    private static Reply signIn(IssuerServer server, String password) throws Exception {
        return server.send("", "POST", "/auth/login", "{'username':'ada','password':'" + password + "'}");
    }

    private static String jwt(Reply signedIn) {
        return signedIn.json().path("access_token").asText();
    }

    private static void isRefused(Reply reply, String what) {
        assertThat(reply.outcome()).as(what).isEqualTo("401 invalid_token");
        assertThat(reply.header("WWW-Authenticate")).as(what).contains("error=\"invalid_token\"");
    }

    private static List<String> outcomes(IssuerServer server, String token) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (String call : OF_THE_ISSUER) {
            String[] parts = call.split(" ", 3);
            outcomes.add(server.send(token, parts[0], parts[1], parts[2]).outcome());
        }
        return outcomes;
    }

    @Test
    void anOldSignInAsksTheIssuerForNothingFromThatMomentThoughTheTokenIsRemembered() throws Exception {
        Desk desk = desk("1d");
        try (IssuerServer server = new IssuerServer(desk)) {
            String old = jwt(signIn(server, changePassword(desk)));
            assertThat(server.send(old, "GET", "/tokens", "").outcome()).isEqualTo("200");

            String now = jwt(signIn(server, changePassword(desk)));

            for (String call : OF_THE_ISSUER) {
                String[] parts = call.split(" ", 3);
                isRefused(server.send(old, parts[0], parts[1], parts[2]), call);
            }
            assertThat(outcomes(server, now)).containsExactly("200", "201", "200", "201", "200", "201");
        }
    }

    @Test
    void anOldSignInOpensNothingThatIsGuardedAsSoonAsItsTokenIsLookedUpAgain() throws Exception {
        Desk desk = desk("0");
        try (IssuerServer server = new IssuerServer(desk)) {
            Reply before = signIn(server, changePassword(desk));
            assertThat(server.send(jwt(before), "GET", "/guarded", "").body()).isEqualTo("ada");

            Reply after = signIn(server, changePassword(desk));

            isRefused(server.send(jwt(before), "GET", "/guarded", ""), "guarded");
            isRefused(server.send(jwt(before), "GET", "/tokens", ""), "tokens");
            assertThat(server.send(jwt(after), "GET", "/guarded", "").body()).isEqualTo("ada");
            String refresh = before.json().path("refresh_token").asText();
            assertThat(server.send("", "POST", "/auth/refresh", "{'refresh_token':'" + refresh + "'}")
                            .outcome())
                    .isEqualTo("401 authentication_failed");

            desk.users.passwords.remove("ada");
            isRefused(server.send(jwt(after), "GET", "/guarded", ""), "a user who is gone");
        }
    }

    @Test
    void whileNobodyKnowsThePasswordsASignInOpensNothingAndIsNotRefusedForGood() throws Exception {
        Desk desk = desk("0");
        try (IssuerServer server = new IssuerServer(desk)) {
            String jwt = jwt(signIn(server, changePassword(desk)));

            desk.users.away = true;

            Reply reply = server.send(jwt, "GET", "/guarded", "");
            assertThat(reply.outcome()).isEqualTo("503 unavailable");
            assertThat(reply.header("Retry-After")).isNotNull();
            assertThat(server.send(jwt, "GET", "/tokens", "").outcome()).isEqualTo("503 unavailable");
            desk.users.away = false;
            assertThat(server.send(jwt, "GET", "/guarded", "").body()).isEqualTo("ada");
        }
    }

    @Test
    void triesWhileNobodyKnowsThePasswordsCountForNothing() throws Exception {
        Desk desk = desk("0");
        try (IssuerServer server = new IssuerServer(desk)) {
            String password = changePassword(desk);
            desk.users.away = true;
            for (int i = 0; i < 60; i++) {
                assertThat(signIn(server, password).outcome()).isEqualTo("503 unavailable");
            }
            desk.users.away = false;
            assertThat(signIn(server, password).outcome()).isEqualTo("200");
        }
    }

    @Test
    void whatASignInHasMadeStaysWithItsOwner() throws Exception {
        Desk desk = desk("0");
        try (IssuerServer server = new IssuerServer(desk)) {
            String jwt = jwt(signIn(server, changePassword(desk)));
            String made = server.send(jwt, "POST", "/tokens", "{'name':'ci','scopes':[]}")
                    .json()
                    .path("token")
                    .asText();
            String end = "'expiration_time':'2030-01-31T12:00:00Z'";
            String data = server.send(jwt, "POST", "/auth/private_tokens", "{'name':'backend'," + end + "}")
                    .json()
                    .path("data")
                    .asText();

            changePassword(desk);

            assertThat(server.send(made, "GET", "/guarded", "").outcome()).isEqualTo("200");
            assertThat(server.send(data, "GET", "/guarded", "").outcome()).isEqualTo("200");
        }
    }
}
