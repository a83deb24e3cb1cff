package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.store.InMemoryKeyRing;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log knows who did what to which token from where, and why it was refused. */
class IssuerEventsTest {
    private static final ClientAddress HERE = ClientAddress.ofPeer("192.0.2.7");

    private final String password = UUID.randomUUID().toString();
    private final Desk desk = new Desk();
    private final User ada = Desk.of("ada").from(HERE);
    private final User eve = Desk.of("eve").from(HERE);
    private final TokenIssuer tokens = desk.tokens();
    private final ApiKeys keys = desk.issuer.apiKeys();
    private final KeyExchange exchange = desk.issuer.exchange();

    @AfterEach
    void close() {
        desk.close();
    }

    private String login(String apiKey, String secret) {
        assertThat(Desk.refusal(() -> exchange.authenticate(apiKey, secret, HERE)))
                .isEqualTo("401 authentication_failed");
        return only();
    }

    private String refresh(String apiKey, String token) {
        assertThat(Desk.refusal(() -> exchange.refresh(apiKey, token, HERE))).isEqualTo("401 authentication_failed");
        return only();
    }

    private String only() {
        List<String> told = desk.told();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private String id(String token) throws Exception {
        return Objects.requireNonNull(
                Objects.requireNonNull(desk.scopegate.format().read(token)).id());
    }

    @Test
    void theLifeOfATokenIsTold() throws Exception {
        String id = tokens.mint(ada, TokenDraft.of("ci", "data.data")).facts().id();
        tokens.get(ada, id);
        tokens.edit(ada, id, new TokenEdit("cd", null, null, null));
        tokens.rotate(ada, id, Duration.ZERO);
        tokens.revoke(Desk.root(), id);
        tokens.delete(ada, id);

        assertThat(desk.told())
                .containsExactly(
                        "token_minted success null ada " + id + " null 192.0.2.7",
                        "token_edited success null ada " + id + " null 192.0.2.7",
                        "token_rotated success null ada " + id + " null 192.0.2.7",
                        "token_revoked success null root " + id + " null null",
                        "token_deleted success null ada " + id + " null 192.0.2.7");
    }

    @Test
    void theLifeOfAKeyIsTold() throws Exception {
        NewToken key = keys.create(ada, TokenDraft.of("ci", "data.data"));
        String id = key.facts().id();
        TokenPair pair = exchange.authenticate(id, key.reveal(), HERE);
        TokenPair next = exchange.refresh(id, pair.revealRefresh(), HERE);
        exchange.refresh(id, pair.revealRefresh(), HERE); // gets the same again
        keys.edit(ada, id, new TokenEdit("cd", null, null, null));
        keys.renewSecret(ada, id);
        keys.delete(ada, id);

        assertThat(desk.told())
                .containsExactly(
                        "token_minted success null ada " + id + " null 192.0.2.7",
                        "token_used success null ada " + id + " null 192.0.2.7",
                        "login success null ada " + id + " null 192.0.2.7",
                        "token_minted success null ada " + id(pair.revealAccess()) + " null 192.0.2.7",
                        "login success null ada " + id + " null 192.0.2.7",
                        "token_minted success null ada " + id(next.revealAccess()) + " null 192.0.2.7",
                        "login success null ada " + id + " null 192.0.2.7",
                        "token_edited success null ada " + id + " null 192.0.2.7",
                        "token_rotated success null ada " + id + " null 192.0.2.7",
                        "token_deleted success null ada " + id + " null 192.0.2.7");
    }

    @Test
    void whoIsRefusedIsToldWithTheReasonAndWhoIsIllFormedIsNot() throws Exception {
        String id = tokens.mint(ada, TokenDraft.of("ci", "data.data")).facts().id();
        User narrow = new User("ada", false, true, Desk.user("ada", "public").bounds(), false, HERE);
        desk.told();

        Desk.refusal(() -> tokens.get(eve, id));
        assertThat(only()).isEqualTo("access_refused refused not_found eve " + id + " null 192.0.2.7");
        Desk.refusal(() -> tokens.delete(eve, id));
        assertThat(only()).isEqualTo("access_refused refused not_found eve " + id + " null 192.0.2.7");
        Desk.refusal(() -> tokens.mint(narrow, TokenDraft.of("wide", "data.edit")));
        assertThat(only()).isEqualTo("access_refused refused insufficient_scope ada null null 192.0.2.7");
        Desk.refusal(() -> tokens.rotate(narrow, id, Duration.ZERO));
        assertThat(only()).isEqualTo("access_refused refused insufficient_scope ada " + id + " null 192.0.2.7");
        Desk.refusal(() -> tokens.mint(ada, TokenDraft.of("ci", "data.data")));
        assertThat(desk.told()).isEmpty();
    }

    @Test
    void whatIsNoIdStaysOutOfTheLog() throws Exception {
        String plain = tokens.mint(ada, TokenDraft.of("ci", "data.data")).reveal();
        desk.told();

        Desk.refusal(() -> tokens.get(ada, plain));
        assertThat(only()).isEqualTo("access_refused refused not_found ada null null 192.0.2.7");
        assertThat(login(plain, plain)).isEqualTo("login refused unknown null null null 192.0.2.7");
    }

    @Test
    void theReasonWhyAKeyOpensNothingIsInTheLogAlone() throws Exception {
        NewToken key = keys.create(ada, TokenDraft.of("ci", "data.data"));
        String id = key.facts().id();
        String personal = tokens.mint(ada, TokenDraft.of("token", "data.data")).reveal();
        String guess =
                desk.scopegate.format().mint(TokenKind.API_KEY_SECRET, id).reveal();
        desk.told();

        assertThat(login(id, "x")).isEqualTo("login refused ill_formed null " + id + " null 192.0.2.7");
        assertThat(login("0123456789ABCD", guess))
                .isEqualTo("login refused unknown null 0123456789ABCD null 192.0.2.7");
        assertThat(login(id, guess)).isEqualTo("login refused wrong_secret null " + id + " null 192.0.2.7");
        assertThat(login(id(personal), personal))
                .isEqualTo("login refused wrong_key null " + id(personal) + " null 192.0.2.7");
        desk.store.revoke(id, desk.clock.instant(), "ada");
        assertThat(login(id, key.reveal())).isEqualTo("login refused revoked null " + id + " null 192.0.2.7");
    }

    @Test
    void anAddressThatAKeyDoesNotAllowIsToldWithItsOwner() throws Exception {
        NewToken key = keys.create(
                ada, new TokenDraft("ci", List.of("data.data"), null, List.of(), List.of("10.0.0.0/8"), null));
        String id = key.facts().id();
        desk.told();

        assertThat(Desk.refusal(() -> exchange.authenticate(id, key.reveal(), HERE)))
                .isEqualTo("403 ip_not_allowed");
        assertThat(only()).isEqualTo("login refused ip_not_allowed ada " + id + " null 192.0.2.7");
    }

    @Test
    void aReplayedRefreshTokenIsToldAndTheEndOfItsFamilyToo() throws Exception {
        NewToken key = keys.create(ada, TokenDraft.of("ci", "data.data"));
        String id = key.facts().id();
        TokenPair pair = exchange.authenticate(id, key.reveal(), HERE);
        TokenPair next = exchange.refresh(id, pair.revealRefresh(), HERE);
        desk.clock.pass(Duration.ofSeconds(11));
        desk.told();

        assertThat(Desk.refusal(() -> exchange.refresh(id, pair.revealRefresh(), HERE)))
                .isEqualTo("401 authentication_failed");
        assertThat(desk.told())
                .containsExactly(
                        "token_revoked success refresh_replayed null " + id(pair.revealRefresh()) + " null 192.0.2.7",
                        "login refused refresh_replayed ada " + id + " null 192.0.2.7");
        assertThat(refresh(id, next.revealRefresh())).startsWith("login refused revoked null " + id);
        assertThat(refresh(id, "sgr_x")).startsWith("login refused ill_formed null " + id);
    }

    @Test
    void whoeverFindsATokenIsToldByTheirAddressAlone() throws Exception {
        NewToken token = tokens.mint(ada, TokenDraft.of("ci", "data.data"));
        desk.told();

        desk.issuer.leaked().revoke(token.reveal(), HERE);
        desk.issuer.leaked().revoke("nothing", HERE);

        assertThat(only())
                .isEqualTo("token_revoked success leaked null " + token.facts().id() + " null 192.0.2.7");
        StoredToken stored = Objects.requireNonNull(desk.store.get(token.facts().id()));
        assertThat(stored.token().revokedAt()).isNotNull();
    }

    private Login signUp() throws Exception {
        desk.users.passwords.put("ada", password);
        return desk.issuer.login();
    }

    private String jti(String jwt) {
        return Objects.requireNonNull(desk.admitted(jwt)).id();
    }

    @Test
    void aSignInAndWhatComesOfItAreTold() throws Exception {
        Login login = signUp();
        login.check("ada", password, HERE); // as a form does, which gets no token
        assertThat(only()).isEqualTo("login success null ada null null 192.0.2.7");
        TokenPair first = login.login("ada", password, HERE).pair();
        TokenPair next = login.refresh(first.revealRefresh(), HERE).pair();
        login.refresh(first.revealRefresh(), HERE); // gets the same again

        String refreshId = id(first.revealRefresh());
        assertThat(desk.told())
                .containsExactly(
                        "login success null ada null null 192.0.2.7",
                        "token_minted success null ada " + jti(first.revealAccess()) + " null 192.0.2.7",
                        "login success null ada " + refreshId + " null 192.0.2.7",
                        "token_minted success null ada " + jti(next.revealAccess()) + " null 192.0.2.7",
                        "login success null ada " + refreshId + " null 192.0.2.7");
    }

    @Test
    void aSignInThatFailsIsToldAndNamesNobodyWhoDoesNotExist() throws Exception {
        Login login = signUp();
        Desk.refusal(() -> login.login("ada", "wrong", HERE));
        assertThat(only()).isEqualTo("login refused wrong_password ada null null 192.0.2.7");
        Desk.refusal(() -> login.login(password, "ada", HERE));
        assertThat(only()).isEqualTo("login refused unknown null null null 192.0.2.7");
        for (int i = 0; i < 9; i++) Desk.refusal(() -> login.check("ada", "wrong", HERE));
        desk.told();

        assertThat(Desk.refusal(() -> login.check("ada", password, HERE))).isEqualTo("429 throttled");
        assertThat(only()).isEqualTo("login refused throttled ada null null 192.0.2.7");
    }

    private String next(String refreshToken) throws Exception {
        Login login = desk.issuer.login();
        assertThat(Desk.refusal(() -> login.refresh(refreshToken, HERE))).isEqualTo("401 authentication_failed");
        List<String> told = desk.told();
        return told.get(told.size() - 1);
    }

    @Test
    void aSignInsRefreshTokenThatOpensNothingIsToldWithTheReason() throws Exception {
        Login login = signUp();
        NewToken key = keys.create(ada, TokenDraft.of("ci", "data.data"));
        String ofKey =
                exchange.authenticate(key.facts().id(), key.reveal(), HERE).revealRefresh();
        String old = login.login("ada", password, HERE).pair().revealRefresh();
        String id = id(old);
        String guess = desk.scopegate.format().mint(TokenKind.REFRESH, id).reveal();
        String nobodys = desk.scopegate.format().mint(TokenKind.REFRESH).reveal();
        String from = " null 192.0.2.7";

        assertThat(next("sgr_x")).isEqualTo("login refused ill_formed null null" + from);
        assertThat(next(nobodys)).isEqualTo("login refused unknown null " + id(nobodys) + from);
        assertThat(next(guess)).isEqualTo("login refused wrong_secret null " + id + from);
        assertThat(next(ofKey)).isEqualTo("login refused wrong_kind ada " + id(ofKey) + from);
        desk.users.since = desk.clock.instant().plusMillis(1);
        assertThat(next(old)).isEqualTo("login refused password_changed ada " + id + from);
        desk.users.passwords.remove("ada");
        assertThat(next(old)).isEqualTo("login refused user_gone ada " + id + from);
        desk.clock.pass(Duration.ofDays(30));
        assertThat(next(old)).isEqualTo("login refused expired ada " + id + from);
    }

    @Test
    void aSignInsReplayedRefreshTokenIsToldAndTheEndOfItsFamilyToo() throws Exception {
        Login login = signUp();
        TokenPair first = login.login("ada", password, HERE).pair();
        TokenPair second = login.refresh(first.revealRefresh(), HERE).pair();
        desk.clock.pass(Duration.ofSeconds(11));
        desk.told();

        Desk.refusal(() -> login.refresh(first.revealRefresh(), HERE));

        String id = id(first.revealRefresh());
        assertThat(desk.told())
                .containsExactly(
                        "token_revoked success refresh_replayed null " + id + " null 192.0.2.7",
                        "login refused refresh_replayed ada " + id + " null 192.0.2.7");
        assertThat(next(second.revealRefresh()))
                .isEqualTo("login refused revoked ada " + id(second.revealRefresh()) + " null 192.0.2.7");
    }

    @Test
    void theLifeOfAPrivateTokenIsTold() throws Exception {
        PrivateTokens privates = desk.issuer.privateTokens();
        User narrow = new User("ada", false, true, Desk.user("ada", "public").bounds(), false, HERE);
        TokenDraft draft = new TokenDraft(
                "backend", List.of("data.data"), Desk.START.plusSeconds(9_000), List.of(), List.of(), null);
        NewToken made = privates.create(ada, draft);
        String id = made.facts().id();
        privates.list(ada, "");
        Desk.refusal(() -> privates.delete(eve, id));
        Desk.refusal(() -> privates.delete(ada, made.reveal()));
        Desk.refusal(() -> privates.create(narrow, draft));
        privates.delete(ada, id);

        assertThat(desk.told())
                .containsExactly(
                        "token_minted success null ada " + id + " null 192.0.2.7",
                        "access_refused refused not_found eve " + id + " null 192.0.2.7",
                        "access_refused refused not_found ada null null 192.0.2.7",
                        "access_refused refused insufficient_scope ada null null 192.0.2.7",
                        "token_deleted success null ada " + id + " null 192.0.2.7");
    }

    private String kid() throws Exception {
        return Objects.requireNonNull(desk.keys.current().get(0).getKeyID());
    }

    @Test
    void aKeyThatTakesThePlaceOfAnotherIsTold() throws Exception {
        desk.keys.rotate();
        assertThat(only()).isEqualTo("key_rotated success null null null " + kid() + " null");
        desk.keys.replaceAll();
        assertThat(only()).isEqualTo("key_rotated success replaced null null " + kid() + " null");
        desk.clock.pass(Duration.ofDays(90));
        signUp().login("ada", password, HERE);
        assertThat(desk.told()).contains("key_rotated success null null null " + kid() + " null");
    }

    @Test
    void aKeyThatTookItsPlaceBeforeAnybodyListenedIsToldThen() throws Exception {
        InMemoryKeyRing ring = new InMemoryKeyRing();
        desk.signingKeys(ring, SigningAlgorithm.ES256);
        SigningKeys others = desk.signingKeys(ring, SigningAlgorithm.EDDSA);
        String kid = Objects.requireNonNull(others.current().get(0).getKeyID());
        assertThat(desk.told()).isEmpty();

        Issuer.builder(desk.scopegate)
                .jwts(new JwtMint(Desk.ISSUER, others))
                .clock(desk.clock)
                .build();

        assertThat(only()).isEqualTo("key_rotated success null null null " + kid + " null");
    }
}
