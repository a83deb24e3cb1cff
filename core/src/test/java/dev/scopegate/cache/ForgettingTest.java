package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entries a change takes away, and that it leaves the others. */
class ForgettingTest extends CacheHarness {
    private final NewToken plain = kept("plain");
    private final NewToken ofKey = kept("of key", facts -> facts.parent("key-1"));
    private final NewToken ofOtherKey = kept("of other key", facts -> facts.parent("key-2"));
    private final NewToken bobs = bobs();
    private final AccessToken jwt =
            AccessToken.builder(TokenKind.ACCESS, "jti-a.b.c", "jwt", "carol").build();

    private NewToken bobs() {
        NewToken token = tokens.mint("bob", "ci");
        store.put(StoredToken.of(token));
        return token;
    }

    /** The names of the tokens that the store is asked for again after the change. */
    private List<String> askedAgainAfter(TokenChange change) throws Exception {
        store.put(StoredToken.identifiedAsWhole(jwt));
        List<String> asked = new ArrayList<>();
        for (boolean after : new boolean[] {false, true}) {
            if (after) store.tell(change);
            for (NewToken token : List.of(plain, ofKey, ofOtherKey, bobs)) {
                int before = store.lookUps();
                find(token);
                if (after && store.lookUps() > before) asked.add(token.facts().name());
            }
            int before = store.lookUps();
            cache.find(tokens.read("a.b.c"));
            if (after && store.lookUps() > before) asked.add("jwt");
        }
        return asked;
    }

    @Test
    void aChangeOfOneTokenTakesThatTokenAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfToken(plain.facts().id()))).containsExactly("plain");
    }

    @Test
    void aChangeOfAParentTakesItsTokensAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfParent("key-1"))).containsExactly("of key");
    }

    @Test
    void aChangeOfAnOwnerTakesThatOwnersTokensAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfOwner("bob"))).containsExactly("ci");
        assertThat(askedAgainAfter(new TokenChange.OfOwner("ada"))).containsExactly("plain", "of key", "of other key");
    }

    @Test
    void aChangeOfAJtiTakesThatJwtAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfJti("jti-a.b.c"))).containsExactly("jwt");
    }

    @Test
    void aChangeOfEverythingTakesAllAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfEverything()))
                .containsExactly("plain", "of key", "of other key", "ci", "jwt");
    }

    @Test
    void aChangeOfSomethingElseTakesNothingAway() throws Exception {
        assertThat(askedAgainAfter(new TokenChange.OfToken("0123456789ABCD"))).isEmpty();
        assertThat(askedAgainAfter(new TokenChange.OfParent("key-3"))).isEmpty();
        assertThat(askedAgainAfter(new TokenChange.OfOwner("eve"))).isEmpty();
        assertThat(askedAgainAfter(new TokenChange.OfJti("jti-x"))).isEmpty();
    }

    @Test
    void whatAParentOrOwnerChangesIsNoLongerUnknown() throws Exception {
        for (TokenChange change : List.of(new TokenChange.OfParent("key-1"), new TokenChange.OfOwner("ada"))) {
            NewToken token = tokens.mint("ada", "late");
            find(token);
            store.put(StoredToken.of(token));
            store.tell(change);
            assertThat(find(token)).isNotNull();
        }
    }
}
