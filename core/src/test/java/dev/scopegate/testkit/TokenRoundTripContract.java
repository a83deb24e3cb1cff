package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store gives back as it was put in, also after it was closed and opened again. */
public abstract class TokenRoundTripContract extends TokenRaceContract {
    @Test
    void ofTwoSecretsTheOlderOneOpensUntilItsGraceEnds() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        BearerToken newer = tokens.guess(token.facts().id());
        store().add(
                        new StoredToken(
                                token.facts(),
                                List.of(
                                        new StoredToken.Secret(newer.hash(), null),
                                        new StoredToken.Secret(token.hash(), NOW.plusSeconds(60)))),
                        NOW);
        reopenStore();

        StoredToken kept = kept(token.facts());
        assertThat(kept.opensWith(newer, NOW.toEpochMilli())).isTrue();
        assertThat(kept.opensWith(tokens.present(token), NOW.plusMillis(59_999).toEpochMilli()))
                .isTrue();
        assertThat(kept.opensWith(tokens.present(token), NOW.plusSeconds(60).toEpochMilli()))
                .isFalse();
        assertThat(kept.opensWith(newer, NOW.plusSeconds(60).toEpochMilli())).isTrue();
    }

    @Test
    void aHashUnderAServerKeySurvives() throws Exception {
        TestTokens keyed = new TestTokens(new TokenFormat(Map.of(), new byte[32], new SecureRandom()));
        NewToken token = keyed.mint("ada", "ci");
        store().add(StoredToken.of(token), NOW);
        reopenStore();

        assertThat(kept(token.facts()).secrets().get(0).hash().algorithm())
                .isEqualTo(SecretHash.Algorithm.HMAC_SHA_256);
        assertThat(opens(keyed.present(token))).isTrue();
    }

    @Test
    void aTokenWithNothingOptionalSurvives() throws Exception {
        StoredToken token = StoredToken.of(tokens.mint(TokenKind.PERSONAL, "ada", "ci", f -> f.scopes(List.of())));
        store().add(token, NOW);
        reopenStore();

        assertThat(store().get(token.token().id())).isEqualTo(token);
        assertThat(kept(token.token()).token().expiresAt()).isNull();
        assertThat(kept(token.token()).token().resources()).isEmpty();
    }

    @Test
    void aTokenOfAnotherMillenniumSurvives() throws Exception {
        Instant far = Instant.parse("9999-12-31T23:59:59.999Z");
        StoredToken token = StoredToken.of(tokens.mint(
                TokenKind.PERSONAL,
                "ada",
                "ci",
                f -> f.createdAt(Instant.parse("1969-12-31T23:59:59.5Z")).expiresAt(far)));
        store().add(token, NOW);
        reopenStore();

        assertThat(store().get(token.token().id())).isEqualTo(token);
        assertThat(Pages.all(store())).containsExactly(token.token());
    }

    @Test
    void everyFactOfATokenSurvives() throws Exception {
        StoredToken token = StoredToken.of(tokens.mint(
                TokenKind.ACCESS,
                "ada|π",
                "Zoë's \"CI\" \\ 😀",
                facts -> facts.createdBy("root")
                        .scopes(List.of("data.edit", "public"))
                        .resources(List.of("dataset:penguins", "organization:demo"))
                        .allowedNetworks(List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")))
                        .createdAt(NOW.minusSeconds(5))
                        .expiresAt(NOW.plusSeconds(5))
                        .lastUsed(NOW.minusSeconds(1), "192.0.2.7")
                        .revoked(NOW, "root")
                        .parent("key-1")
                        .hint("sga_12…")));
        store().add(token, NOW);
        reopenStore();

        assertThat(store().get(token.token().id())).isEqualTo(token);
        assertThat(kept(token.token()).token().scopes()).containsExactly("data.edit", "public");
        assertThat(Pages.all(store())).containsExactly(token.token());
    }

    @Test
    void tokensAreListedTheNewestFirst() throws Exception {
        for (int age : new int[] {2, 0, 3, 1}) {
            NewToken token = tokens.mint(
                    TokenKind.PERSONAL, "ada", "age-" + age, facts -> facts.createdAt(NOW.minusSeconds(age)));
            store().add(StoredToken.of(token), NOW);
        }
        reopenStore();

        assertThat(Pages.all(store()))
                .extracting(AccessToken::name)
                .containsExactly("age-0", "age-1", "age-2", "age-3");
    }
}
