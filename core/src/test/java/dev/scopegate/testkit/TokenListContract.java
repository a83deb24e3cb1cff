package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store lists, and how it pages. */
public abstract class TokenListContract extends TokenRoundTripContract {
    private AccessToken add(TokenKind kind, String owner, String name, int age, @Nullable Instant expires)
            throws Exception {
        StoredToken token = StoredToken.of(tokens.mint(
                kind, owner, name, f -> f.createdAt(NOW.minusSeconds(age)).expiresAt(expires)));
        assertThat(store().add(token, NOW.minusSeconds(1_000))).isTrue();
        return token.token();
    }

    private List<String> names(TokenQuery query, int size) throws Exception {
        return Pages.all(store(), query, size, NOW).stream()
                .map(AccessToken::name)
                .toList();
    }

    @Test
    void aListShowsWhatFitsAndNothingElse() throws Exception {
        add(TokenKind.PERSONAL, "ada", "alive", 1, null);
        add(TokenKind.ACCESS, "ada", "later", 2, NOW.plusSeconds(60));
        add(TokenKind.PERSONAL, "ada", "over", 3, NOW);
        AccessToken gone = add(TokenKind.PERSONAL, "ada", "gone", 4, NOW.minusSeconds(1));
        store().revoke(gone.id(), NOW, "ada");
        add(TokenKind.PERSONAL, "bob", "alive", 5, null);
        reopenStore();
        TokenQuery ada = TokenQuery.of("ada");

        assertThat(names(TokenQuery.all(), 2)).containsExactly("alive", "later", "over", "gone", "alive");
        assertThat(names(ada, 1)).containsExactly("alive", "later", "over", "gone");
        assertThat(names(ada.status(TokenStatus.ACTIVE), 1)).containsExactly("alive", "later");
        assertThat(names(ada.status(TokenStatus.EXPIRED), 1)).containsExactly("over");
        assertThat(names(ada.status(TokenStatus.REVOKED), 1)).containsExactly("gone");
        assertThat(names(ada.kind(TokenKind.ACCESS), 1)).containsExactly("later");
        assertThat(names(ada.expiresBefore(NOW.plusSeconds(60)), 1)).containsExactly("over", "gone");
        assertThat(names(TokenQuery.of("carol"), 1)).isEmpty();
    }

    @Test
    void aListCanBeOfWhatWasMintedFromOneParent() throws Exception {
        for (String parent : List.of("key-1", "key-2")) {
            StoredToken minted = StoredToken.of(
                    tokens.mint(TokenKind.ACCESS, "ada", "from " + parent, facts -> facts.parent(parent)));
            assertThat(store().add(minted, NOW)).isTrue();
        }
        add(TokenKind.PERSONAL, "ada", "from nothing", 1, null);

        assertThat(names(TokenQuery.all().parent("key-1"), 1)).containsExactly("from key-1");
        assertThat(names(TokenQuery.of("ada").parent("key-3"), 1)).isEmpty();
    }

    @Test
    void tokensOfTheSameInstantAreEachListedOnce() throws Exception {
        for (int i = 0; i < 7; i++) add(TokenKind.PERSONAL, "ada", "ci-" + i, 0, null);

        for (int size = 1; size <= 8; size++) {
            assertThat(names(TokenQuery.all(), size))
                    .containsExactlyInAnyOrder("ci-0", "ci-1", "ci-2", "ci-3", "ci-4", "ci-5", "ci-6");
        }
    }

    @Test
    void namesAreFoundByTheirBeginningInAnyCaseAndInTheirOrder() throws Exception {
        String fullWidth = "data \uFF41";
        for (String name :
                List.of("Data 2", "data 1", "DATA 3", "dat", "data%", "data_1", "ÉTÉ", "été 2", "ΟΔΟΣΑ", fullWidth)) {
            add(TokenKind.PERSONAL, "ada", name, 0, null);
        }
        add(TokenKind.PERSONAL, "bob", "data 9", 0, null);
        TokenQuery ada = TokenQuery.of("ada");

        assertThat(names(ada.namePrefix("dAtA "), 2)).containsExactly("data 1", "Data 2", "DATA 3", fullWidth);
        assertThat(names(ada.namePrefix("data%"), 2)).containsExactly("data%");
        assertThat(names(ada.namePrefix("data_"), 2)).containsExactly("data_1");
        assertThat(names(ada.namePrefix("éTé"), 1)).containsExactly("ÉTÉ", "été 2");
        assertThat(names(ada.namePrefix("οδος"), 1)).containsExactly("ΟΔΟΣΑ");
        assertThat(names(ada.namePrefix("ΟΔΟΣ"), 1)).containsExactly("ΟΔΟΣΑ");
        assertThat(names(ada.namePrefix("data 11"), 1)).isEmpty();
        assertThat(names(ada.namePrefix("data " + "1".repeat(300)), 1)).isEmpty();
        assertThat(names(TokenQuery.all().namePrefix("data 9"), 1)).containsExactly("data 9");
    }

    @Test
    void whatIsAddedOrRemovedBetweenTwoPagesMovesNothing() throws Exception {
        List<AccessToken> old = new ArrayList<>();
        for (int i = 0; i < 6; i++) old.add(add(TokenKind.PERSONAL, "ada", "ci-" + i, 10 + i, null));
        TokenQuery query = TokenQuery.of("ada");

        TokenPage first = store().page(query, null, 2, NOW);
        add(TokenKind.PERSONAL, "ada", "new", 0, null);
        store().delete(old.get(1).id()); // the last of the first page
        store().delete(old.get(2).id());
        TokenPage second = store().page(query, first.next(), 2, NOW);
        TokenPage third = store().page(query, second.next(), 2, NOW);

        assertThat(first.tokens()).containsExactly(old.get(0), old.get(1));
        assertThat(second.tokens()).containsExactly(old.get(3), old.get(4));
        assertThat(third.tokens()).containsExactly(old.get(5));
        assertThat(third.next()).isNull();
    }

    @Test
    void aListThatIsReadWhileOthersAddHoldsEachOldTokenOnceInItsOrder() throws Exception {
        List<AccessToken> old = new ArrayList<>();
        for (int i = 0; i < 30; i++) old.add(add(TokenKind.PERSONAL, "ada", "old-" + (i + 10), 10 + i, null));
        TokenQuery ada = TokenQuery.of("ada").kind(TokenKind.PERSONAL);

        List<List<AccessToken>> read = AtOnce.run(4, thread -> {
            if (thread < 2) return Pages.all(store(), thread == 0 ? ada : ada.namePrefix("old"), 3, NOW);
            for (int i = 0; i < 30; i++) {
                // among the old ones in the order of age, and before, between and after them in that of names
                add(TokenKind.PERSONAL, "ada", "old-" + (i + 10) + "+" + thread, 10 + i, null);
                add(TokenKind.ACCESS, "ada", "day-" + thread + "-" + i, 0, null);
            }
            return List.of();
        });

        for (List<AccessToken> one : read.subList(0, 2)) {
            assertThat(one).doesNotHaveDuplicates();
            assertThat(one.stream().filter(old::contains).toList()).isEqualTo(old);
        }
    }

    @Test
    void aFullLastPageHasNoNext() throws Exception {
        add(TokenKind.PERSONAL, "ada", "one", 0, null);
        add(TokenKind.PERSONAL, "ada", "two", 1, null);

        assertThat(store().page(TokenQuery.all(), null, 2, NOW).next()).isNull();
        assertThat(store().page(TokenQuery.all(), null, 1, NOW).next()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "AAAA", "eA", "eCAxeA", "eCAx=", "eCBkYXRh"})
    void aCursorOfSomethingElseIsRefused(String text) {
        assertThatThrownBy(() -> TokenCursor.parse(TokenQuery.all(), text))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenCursor.parse(TokenQuery.all().namePrefix("x"), text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
