package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import org.junit.jupiter.api.Test;

/** What every {@link dev.scopegate.store.TokenRepository} does. Extend it, open your store, and run it as a test. */
public abstract class TokenStoreContract extends TokenEditContract {
    @Test
    void aTokenThatWasAddedIsFoundByWhoeverPresentsIt() throws Exception {
        NewToken token = tokens.mint("ada", "ci");

        assertThat(store().add(StoredToken.of(token), NOW)).isTrue();

        assertThat(store().find(tokens.present(token))).isEqualTo(StoredToken.of(token));
        assertThat(store().findLive(tokens.present(token))).isEqualTo(StoredToken.of(token));
        assertThat(store().get(token.facts().id())).isEqualTo(StoredToken.of(token));
    }

    @Test
    void aSecretOpensItsOwnTokenAndNoOtherSecretDoes() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        store().add(StoredToken.of(token), NOW);
        reopenStore();

        assertThat(opens(tokens.present(token))).isTrue();
        assertThat(opens(tokens.guess(token.facts().id()))).isFalse();
        assertThat(opens(tokens.format().mint(TokenKind.ACCESS, token.facts().id())))
                .isFalse();
    }

    @Test
    void anOwnerHasOneActiveTokenOfAName() throws Exception {
        assertThat(store().add(tokens.stored("ada", "ci"), NOW)).isTrue();

        assertThat(store().add(tokens.stored("ada", "ci"), NOW)).isFalse();
        assertThat(store().add(tokens.stored("ada", "CI"), NOW)).isTrue();
        assertThat(store().add(tokens.stored("bob", "ci"), NOW)).isTrue();
        assertThat(Pages.all(store())).hasSize(3);
    }

    @Test
    void theNameOfARevokedExpiredOrDeletedTokenIsFreeAgain() throws Exception {
        StoredToken first = tokens.stored("ada", "ci");
        store().add(first, NOW);
        store().revoke(first.token().id(), NOW, "ada");
        StoredToken second =
                StoredToken.of(tokens.mint(TokenKind.PERSONAL, "ada", "ci", f -> f.expiresAt(NOW.plusSeconds(9))));
        assertThat(store().add(second, NOW)).isTrue();
        assertThat(store().add(tokens.stored("ada", "ci"), NOW.plusSeconds(8))).isFalse();
        StoredToken third = tokens.stored("ada", "ci");
        assertThat(store().add(third, NOW.plusSeconds(9))).isTrue();
        store().delete(third.token().id());
        assertThat(store().add(tokens.stored("ada", "ci"), NOW.plusSeconds(9))).isTrue();
    }

    @Test
    void aTokenThatIsDeadAlreadyNeedsNoNameOfItsOwn() throws Exception {
        store().add(tokens.stored("ada", "ci"), NOW);
        StoredToken expired = StoredToken.of(tokens.mint(TokenKind.PERSONAL, "ada", "ci", f -> f.expiresAt(NOW)));
        StoredToken revoked = StoredToken.of(tokens.mint(TokenKind.PERSONAL, "ada", "ci", f -> f.revoked(NOW, "ada")));

        assertThat(store().add(expired, NOW)).isTrue();
        assertThat(store().add(revoked, NOW)).isTrue();
        assertThat(store().add(tokens.stored("ada", "ci"), NOW)).isFalse();
    }

    @Test
    void anIdIsNeverTakenTwice() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        StoredToken other =
                new StoredToken(token.token().toBuilder().name("other").build(), token.secrets());

        assertThat(store().add(other, NOW)).isFalse();
        assertThat(store().get(token.token().id())).isEqualTo(token);
    }

    @Test
    void revokingKeepsTheFirstInstantAndWhoItWas() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        AccessToken once = store().revoke(token.token().id(), NOW.plusSeconds(1), "ada");
        reopenStore();
        AccessToken twice = store().revoke(token.token().id(), NOW.plusSeconds(2), "bob");

        AccessToken expected =
                token.token().toBuilder().revoked(NOW.plusSeconds(1), "ada").build();
        assertThat(once).isEqualTo(expected);
        assertThat(twice).isEqualTo(expected);
        assertThat(store().get(expected.id())).isEqualTo(token.with(expected));
    }

    @Test
    void aDeletedTokenIsGoneForGood() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        store().add(StoredToken.of(token), NOW);

        assertThat(store().delete(token.facts().id())).isTrue();
        reopenStore();

        assertThat(store().find(tokens.present(token))).isNull();
        assertThat(Pages.all(store())).isEmpty();
        assertThat(store().delete(token.facts().id())).isFalse();
    }

    @Test
    void anUnknownIdIsNowhere() throws Exception {
        String id = "0123456789ABCD";

        assertThat(store().get(id)).isNull();
        assertThat(store().find(tokens.guess(id))).isNull();
        assertThat(store().findLive(tokens.guess(id))).isNull();
        assertThat(store().revoke(id, NOW, "ada")).isNull();
        assertThat(store().delete(id)).isFalse();
        assertThat(Pages.all(store())).isEmpty();
    }

    @Test
    void tokensOfAForeignShapeAreNotClaimed() {
        assertThat(store().claims(tokens.guess("0123456789ABCD"))).isTrue();
        assertThat(store().claims(tokens.read("eyJhbGciOiJFUzI1NiJ9.e30.c2ln"))).isFalse();
        assertThat(store().claims(tokens.read("ghp_0123456789"))).isFalse();
    }
}
