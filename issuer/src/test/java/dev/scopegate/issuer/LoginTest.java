package dev.scopegate.issuer;

import static dev.scopegate.issuer.Desk.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and passwords, and what they are exchanged for. */
class LoginTest {
    private static final String FAILED = "401 authentication_failed";

    private final String password = UUID.randomUUID().toString();
    private final Desk desk = new Desk();
    private Login login;

    @BeforeEach
    void signUp() throws Exception {
        desk.users.passwords.put("ada", password);
        desk.users.passwords.put("root", password);
        login = desk.issuer.login();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static ClientAddress from(int last) {
        return ClientAddress.ofPeer("192.0.2." + last);
    }

    private TokenPair pair() throws Exception {
        return login.login("ada", password, from(1)).pair();
    }

    @Test
    void whatCameOfAnOldPasswordStandsForNobody() throws Exception {
        TokenPair pair = pair();
        AccessToken token = Objects.requireNonNull(desk.admitted(pair.revealAccess()));
        assertThat(login.stands(token)).isTrue();
        desk.users.since =
                desk.users.since.minusSeconds(1); // a sign-in under way is told by the password, not by the time

        assertThat(login.stands(token)).isFalse();
        assertThat(catchThrowable(() -> login.refresh(pair.revealRefresh(), from(1))))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void anHoursTokenStandsForTheUserWithAllThatTheUserMayDo() throws Exception {
        AccessToken token = Objects.requireNonNull(desk.admitted(pair().revealAccess()));
        assertThat(token.owner()).isEqualTo("ada");
        assertThat(token.scopes()).contains("data.edit", "tokens.manage").doesNotContain("admin", "data.data");
        assertThat(token.parent()).isEqualTo("login:" + desk.users.since.toEpochMilli() + ":ada");
        assertThat(Duration.between(desk.clock.instant(), token.expiresAt()))
                .isBetween(Duration.ofSeconds(3_599), Duration.ofHours(1));
        AccessToken root = Objects.requireNonNull(
                desk.admitted(login.login("root", password, from(1)).pair().revealAccess()));
        assertThat(root.scopes()).contains("admin");

        desk.clock.pass(Duration.ofHours(1).plusSeconds(31));
        assertThat(desk.admits(login.login("ada", password, from(1)).pair().revealAccess()))
                .isTrue();
    }

    @Test
    void whateverIsWrongIsTheSame() {
        assertThat(refusal(() -> login.login("ada", "wrong", from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.login("eve", password, from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.login("ADA", password, from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.login("", "", from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.login("a\nb", password, from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.refresh("sgr_x", from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> login.refresh("", from(1)))).isEqualTo(FAILED);
    }

    @Test
    void aNameIsTriedTenTimesAMinuteFromAnAddressAndGoodSignInsDoNotCount() throws Exception {
        for (int i = 0; i < 40; i++) pair();
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(() -> login.login("ada", "wrong", from(1)))).isEqualTo(FAILED);
        }
        assertThatThrownBy(() -> login.login("ada", password, from(1)))
                .isInstanceOfSatisfying(AccessDenied.class, denied -> {
                    assertThat(denied.problem().status()).isEqualTo(429);
                    assertThat(denied.problem().code()).isEqualTo("throttled");
                    assertThat(denied.problem().retryAfterSeconds()).isBetween(1, 60);
                });
        login.login("root", password, from(1));
        login.login("ada", password, from(2));
        desk.clock.pass(Duration.ofMinutes(1));
        pair();
    }

    @Test
    void whoKnowsANameShutsItsUserOutOfNoPlaceWhereThatUserHasSignedIn() throws Exception {
        pair();
        for (int i = 0; i < 50; i++) {
            int other = 10 + i;
            assertThat(refusal(() -> login.login("ada", "wrong", from(other)))).isEqualTo(FAILED);
        }

        assertThat(refusal(() -> login.login("ada", password, from(99)))).isEqualTo("429 throttled");
        pair();
        assertThat(refusal(() -> login.login("ada", "wrong", from(1)))).isEqualTo(FAILED);
    }

    @Test
    void anAddressTriesThirtyTimesAMinuteWhoeverItNames() throws Exception {
        for (int i = 0; i < 30; i++) {
            String name = "user " + i;
            assertThat(refusal(() -> login.login(name, "wrong", from(1)))).isEqualTo(FAILED);
        }
        assertThat(refusal(() -> login.login("ada", password, from(1)))).isEqualTo("429 throttled");
        login.login("ada", password, from(2));
    }

    @Test
    void aRefreshTokenIsExchangedOnceAndItsRepeatGetsTheSame() throws Exception {
        TokenPair first = pair();
        TokenPair second = login.refresh(first.revealRefresh(), from(1)).pair();
        assertThat(desk.admits(second.revealAccess())).isTrue();
        TokenPair repeated = login.refresh(first.revealRefresh(), from(1)).pair();
        assertThat(repeated.revealAccess()).isEqualTo(second.revealAccess());
        assertThat(repeated.revealRefresh()).isEqualTo(second.revealRefresh());
        assertThat(login.refresh(second.revealRefresh(), from(1)).user().name()).isEqualTo("ada");
    }

    @Test
    void aReplayEndsTheWholeFamilyItsJwtsToo() throws Exception {
        TokenPair other = pair();
        TokenPair first = pair();
        TokenPair second = login.refresh(first.revealRefresh(), from(1)).pair();
        assertThat(desk.admits(second.revealAccess())).isTrue();
        desk.clock.pass(Duration.ofSeconds(11));

        assertThat(refusal(() -> login.refresh(first.revealRefresh(), from(1)))).isEqualTo(FAILED);

        assertThat(desk.admits(first.revealAccess())).isFalse();
        assertThat(desk.admits(second.revealAccess())).isFalse();
        assertThat(refusal(() -> login.refresh(second.revealRefresh(), from(1))))
                .isEqualTo(FAILED);
        assertThat(desk.admits(other.revealAccess())).isTrue();
    }

    @Test
    void thirtyTwoWhoRefreshAtOnceGetOneFamily() throws Exception {
        TokenPair first = pair();

        List<TokenPair> all = AtOnce.run(
                32, thread -> login.refresh(first.revealRefresh(), from(1)).pair());

        assertThat(new HashSet<>(all.stream().map(TokenPair::revealAccess).toList()))
                .hasSize(1);
        assertThat(desk.admits(all.get(0).revealAccess())).isTrue();
    }

    @Test
    void whoIsGoneOrHasAnotherPasswordRefreshesNothing() throws Exception {
        TokenPair first = pair();
        desk.users.since = desk.clock.instant().plusMillis(1);
        assertThat(refusal(() -> login.refresh(first.revealRefresh(), from(1)))).isEqualTo(FAILED);
        desk.users.since = Desk.START.minusSeconds(60);
        desk.users.passwords.remove("ada");
        assertThat(refusal(() -> login.refresh(first.revealRefresh(), from(1)))).isEqualTo(FAILED);
    }

    @Test
    void anApiKeysRefreshTokenIsNoSignInsAndNeitherTheOtherWay() throws Exception {
        var key = desk.issuer.apiKeys().create(Desk.of("ada"), TokenDraft.of("hospital", "data.data"));
        TokenPair ofKey = desk.issuer.exchange().authenticate(key.facts().id(), key.reveal(), from(1));
        TokenPair ofLogin = pair();

        assertThat(refusal(() -> login.refresh(ofKey.revealRefresh(), from(1)))).isEqualTo(FAILED);
        assertThat(refusal(() -> desk.issuer.exchange().refresh(key.facts().id(), ofLogin.revealRefresh(), from(1))))
                .isEqualTo(FAILED);
        assertThat(desk.admits(ofLogin.revealRefresh())).isFalse();
    }

    @Test
    void passwordsAreHashedAndComparedWhole() {
        Passwords passwords = new Passwords();
        String hash = passwords.hash(password);
        assertThat(hash).startsWith("$2a$12$").doesNotContain(password);
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(password + "x", hash)).isFalse();
        assertThat(passwords.matches(password, null)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
        String longest = "ü".repeat(36);
        String ofLongest = passwords.hash(longest);
        assertThat(passwords.matches(longest, ofLongest)).isTrue();
        assertThat(passwords.matches(longest + "x", ofLongest)).isFalse();
        assertThatThrownBy(() -> passwords.hash(longest + "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> passwords.hash("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodysPasswordIsComparedAsOftenAndAtTheSameCostAsSomebodys() {
        List<String> compared = new ArrayList<>();
        Passwords passwords = new Passwords((bytes, hash) -> {
            compared.add(bytes.length + " " + new String(hash, 0, 7, StandardCharsets.US_ASCII) + hash.length);
            return true;
        });
        String hash = new Passwords().hash(password);

        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(password, null)).isFalse();
        assertThat(compared).containsExactly("36 $2a$12$60", "36 $2a$12$60");

        assertThat(passwords.matches("", hash)).isFalse();
        assertThat(passwords.matches("", null)).isFalse();
        assertThat(passwords.matches("x".repeat(99), hash)).isFalse();
        assertThat(passwords.matches("x".repeat(99), null)).isFalse();
        assertThat(compared).hasSize(6).endsWith("0 $2a$12$60", "0 $2a$12$60", "72 $2a$12$60", "72 $2a$12$60");
    }
}
