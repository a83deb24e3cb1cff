package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository.Replacement;
import dev.scopegate.store.TokenUse;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every store does when a token is edited, rotated, used, or dies with its parent. */
public abstract class TokenEditContract extends TokenListContract {
    private static StoredToken edited(StoredToken token, UnaryOperator<AccessTokenBuilder> edit) {
        return token.with(edit.apply(token.token().toBuilder()).build());
    }

    private StoredToken added(String owner, String name) throws Exception {
        StoredToken token = tokens.stored(owner, name);
        assertThat(store().add(token, NOW)).isTrue();
        return token;
    }

    @Test
    void anEditTakesThePlaceOfWhatWasRead() throws Exception {
        StoredToken before = added("ada", "ci");
        StoredToken after = edited(
                before,
                f -> f.name("cd").scopes(List.of("data.data", "public")).resources(List.of("dataset:penguins")));
        List<TokenChange> heard = new CopyOnWriteArrayList<>();
        store().changes().subscribe(heard::add);

        assertThat(store().replace(before, after, NOW)).isEqualTo(Replacement.DONE);

        assertThat(heard).contains(new TokenChange.OfToken(before.token().id()));
        reopenStore();
        assertThat(kept(before.token())).isEqualTo(after);
        assertThat(store().add(tokens.stored("ada", "ci"), NOW)).isTrue();
        assertThat(store().add(tokens.stored("ada", "cd"), NOW)).isFalse();
    }

    @Test
    void aRotationKeepsTheOlderSecretForItsGrace() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        StoredToken before = StoredToken.of(token);
        store().add(before, NOW);
        NewToken fresh = new NewToken(token.facts(), tokens.guess(token.facts().id()));
        StoredToken after = new StoredToken(
                token.facts(),
                List.of(
                        new StoredToken.Secret(fresh.hash(), null),
                        new StoredToken.Secret(token.hash(), NOW.plusSeconds(60))));

        assertThat(store().replace(before, after, NOW)).isEqualTo(Replacement.DONE);
        reopenStore();

        assertThat(opens(tokens.present(token))).isTrue();
        assertThat(opens(tokens.present(fresh))).isTrue();
        assertThat(kept(token.facts()).secrets()).hasSize(2);
    }

    @Test
    void whatIsNotAsItWasReadIsNotReplaced() throws Exception {
        StoredToken before = added("ada", "ci");
        StoredToken first = edited(before, f -> f.name("first"));
        store().replace(before, first, NOW);

        assertThat(store().replace(before, edited(before, f -> f.name("second")), NOW))
                .isEqualTo(Replacement.CONFLICT);
        assertThat(kept(before.token())).isEqualTo(first);
    }

    @Test
    void aRevokedTokenIsNotBroughtBackByAnEditThatWasReadBefore() throws Exception {
        StoredToken before = added("ada", "ci");
        AccessToken revoked = store().revoke(before.token().id(), NOW, "bob");

        assertThat(store().replace(before, edited(before, f -> f.name("second")), NOW))
                .isEqualTo(Replacement.CONFLICT);
        assertThat(kept(before.token()).token()).isEqualTo(revoked);
    }

    @Test
    void aRevokedTokenIsNotBroughtBackByAnEditThatWasReadAfterwards() throws Exception {
        StoredToken living = added("ada", "ci");
        store().revoke(living.token().id(), NOW, "bob");
        StoredToken revoked = kept(living.token());

        assertThat(store().replace(revoked, living, NOW)).isEqualTo(Replacement.CONFLICT);
        assertThat(kept(living.token())).isEqualTo(revoked);
    }

    @Test
    void whatIsNotThereIsNotReplaced() throws Exception {
        StoredToken absent = tokens.stored("ada", "ci");

        assertThat(store().replace(absent, absent, NOW)).isEqualTo(Replacement.ABSENT);
        assertThat(store().get(absent.token().id())).isNull();
    }

    @Test
    void aNameIsNotTakenFromAnotherActiveToken() throws Exception {
        StoredToken before = added("ada", "ci");
        StoredToken other = added("ada", "cd");
        StoredToken renamed = edited(before, f -> f.name("cd"));

        assertThat(store().replace(before, renamed, NOW)).isEqualTo(Replacement.NAME_TAKEN);
        assertThat(kept(before.token())).isEqualTo(before);
        store().revoke(other.token().id(), NOW, "ada");
        assertThat(store().replace(before, renamed, NOW)).isEqualTo(Replacement.DONE);
    }

    @Test
    void aNameIsTakenFromAnExpiredToken() throws Exception {
        StoredToken expired =
                StoredToken.of(tokens.mint(TokenKind.PERSONAL, "ada", "cd", f -> f.expiresAt(NOW.minusSeconds(1))));
        store().add(expired, NOW.minusSeconds(60));
        StoredToken before = added("ada", "ci");

        assertThat(store().replace(before, edited(before, f -> f.name("cd")), NOW))
                .isEqualTo(Replacement.DONE);
        assertThat(kept(expired.token())).isEqualTo(expired);
    }

    @Test
    void ofThirtyTwoReplacementsAtOnceExactlyOneIsDone() throws Exception {
        StoredToken before = added("ada", "ci");

        List<Replacement> outcomes =
                AtOnce.run(32, thread -> store().replace(before, edited(before, f -> f.name("by-" + thread)), NOW));

        assertThat(outcomes).containsOnlyOnce(Replacement.DONE).containsOnly(Replacement.DONE, Replacement.CONFLICT);
        int winner = outcomes.indexOf(Replacement.DONE);
        assertThat(kept(before.token()).token().name()).isEqualTo("by-" + winner);
    }

    @Test
    void aRevocationOutlastsEditsAtTheSameTime() throws Exception {
        for (int round = 0; round < 10; round++) {
            StoredToken before = added("ada", "round-" + round);
            AtOnce.run(8, thread -> {
                if (thread == 0) return store().revoke(before.token().id(), NOW, "bob") != null;
                StoredToken read = kept(before.token());
                return store().replace(read, edited(read, f -> f.scopes(List.of("s" + thread))), NOW)
                        == Replacement.DONE;
            });
            assertThat(kept(before.token()).token().revokedAt()).isEqualTo(NOW);
        }
    }

    @Test
    void theLastUseIsKeptAndIsInNobodysWay() throws Exception {
        StoredToken token = added("ada", "ci");
        String id = token.token().id();
        List<TokenChange> heard = new CopyOnWriteArrayList<>();
        store().changes().subscribe(heard::add);

        store().used(List.of(
                new TokenUse(id, NOW.plusSeconds(9), "192.0.2.9"), new TokenUse("0123456789ABCD", NOW, "192.0.2.1")));
        store().used(List.of(new TokenUse(id, NOW.plusSeconds(5), "192.0.2.5")));
        store().used(List.of());
        assertThat(heard).isEmpty();
        assertThat(store().replace(token, edited(token, f -> f.name("cd")), NOW))
                .isEqualTo(Replacement.DONE);
        reopenStore();

        AccessToken kept = kept(token.token()).token();
        assertThat(kept.name()).isEqualTo("cd");
        assertThat(kept.lastUsedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(kept.lastUsedIp()).isEqualTo("192.0.2.9");
    }

    @Test
    void whatWasMintedFromAParentDiesWithIt() throws Exception {
        for (String name : List.of("a-key-1", "b-key-1", "c-key-2")) {
            String parent = name.substring(2);
            store().add(StoredToken.of(tokens.mint(TokenKind.ACCESS, "ada", name, f -> f.parent(parent))), NOW);
        }
        AccessToken before = Pages.all(store()).stream()
                .filter(token -> token.name().equals("a-key-1"))
                .findFirst()
                .orElseThrow();
        store().revoke(before.id(), NOW.minusSeconds(1), "root");
        List<TokenChange> heard = new CopyOnWriteArrayList<>();
        store().changes().subscribe(heard::add);

        assertThat(store().revokeAllOf("key-1", NOW, "ada")).isEqualTo(1);
        assertThat(store().revokeAllOf("key-1", NOW, "ada")).isZero();
        assertThat(store().revokeAllOf("key-3", NOW, "ada")).isZero();
        reopenStore();

        for (AccessToken token : Pages.all(store())) {
            boolean dies = Objects.equals(token.parent(), "key-1");
            assertThat(token.revokedAt() != null).isEqualTo(dies);
            if (dies && !token.id().equals(before.id())) {
                assertThat(heard).anyMatch(change -> change.concerns(token));
            }
        }
        assertThat(kept(before).token().revokedBy()).isEqualTo("root");
    }

    @Test
    void whatHasLongBeenDeadIsPurged() throws Exception {
        StoredToken revoked = added("ada", "revoked");
        store().revoke(revoked.token().id(), NOW.minusSeconds(1), "ada");
        StoredToken expired = StoredToken.of(
                tokens.mint(TokenKind.PERSONAL, "ada", "expired", f -> f.expiresAt(NOW.minusSeconds(1))));
        store().add(expired, NOW.minusSeconds(60));
        StoredToken alive = added("ada", "alive");
        StoredToken young = added("ada", "young");
        store().revoke(young.token().id(), NOW, "ada");

        assertThat(store().purge(NOW.minusSeconds(1), 10)).isZero();
        assertThat(store().purge(NOW, 1)).isEqualTo(1);
        assertThat(store().purge(NOW, 10)).isEqualTo(1);
        assertThat(store().purge(NOW, 10)).isZero();
        reopenStore();

        assertThat(Pages.all(store()))
                .extracting(AccessToken::id)
                .containsExactlyInAnyOrder(alive.token().id(), young.token().id());
    }
}
