package dev.scopegate.store;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainedTokenStoreTest {
    private final TestTokens tokens = new TestTokens();
    private final InMemoryTokenStore own = new InMemoryTokenStore();

    /** Claims what begins so, and knows all of it. */
    private static final class Foreign implements TokenStore {
        private final String beginning;
        private final StoreHealth health;
        private final Denylist denylist = new InMemoryDenylist(Clock.systemUTC());

        Foreign(String beginning, StoreHealth health) {
            this.beginning = beginning;
            this.health = health;
        }

        @Override
        public boolean claims(BearerToken presented) {
            return presented.reveal().startsWith(beginning);
        }

        @Override
        public StoredToken find(BearerToken presented) {
            return StoredToken.identifiedAsWhole(AccessToken.builder(TokenKind.FOREIGN, beginning, beginning, beginning)
                    .build());
        }

        @Override
        public TokenChanges changes() {
            return denylist.changes();
        }

        @Override
        public StoreHealth health() {
            return health;
        }

        @Override
        public Denylist denylist() {
            return denylist;
        }
    }

    private static @Nullable String owner(TokenStore store, BearerToken presented) throws Unavailable {
        StoredToken found = store.find(presented);
        StoredToken live = store.findLive(presented);
        assertThat(live).isEqualTo(found);
        return found == null ? null : found.token().owner();
    }

    @Test
    void theFirstThatClaimsATokenDecides() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        own.add(StoredToken.of(token), NOW);
        try (ChainedTokenStore chain = new ChainedTokenStore(
                List.of(own, new Foreign("ey", StoreHealth.UP), new Foreign("e", StoreHealth.UP)))) {
            assertThat(owner(chain, tokens.present(token))).isEqualTo("ada");
            assertThat(owner(chain, tokens.read("eyJ"))).isEqualTo("ey");
            assertThat(owner(chain, tokens.read("else"))).isEqualTo("e");
            assertThat(chain.claims(tokens.read("else"))).isTrue();
            assertThat(chain.claims(tokens.read("other"))).isFalse();
            assertThat(owner(chain, tokens.read("other"))).isNull();
        }
    }

    @Test
    void aTokenOfOursNeverReachesALaterStore() throws Exception {
        try (ChainedTokenStore chain = new ChainedTokenStore(List.of(own, new Foreign("", StoreHealth.UP)))) {
            assertThat(owner(chain, tokens.guess("0123456789ABCD"))).isNull();
        }
    }

    @Test
    void changesOfEveryStoreAreHeard() throws Exception {
        Foreign foreign = new Foreign("ey", StoreHealth.UP);
        try (ChainedTokenStore chain = new ChainedTokenStore(List.of(own, foreign))) {
            List<TokenChange> heard = new ArrayList<>();
            chain.changes().subscribe(heard::add);
            StoredToken token = tokens.stored("ada", "ci");

            own.add(token, NOW);
            foreign.denylist().deny("j1", NOW);

            assertThat(heard)
                    .containsExactly(new TokenChange.OfToken(token.token().id()), new TokenChange.OfJti("j1"));
            assertThat(chain.repository()).isSameAs(own);
            assertThat(chain.denylist()).isSameAs(foreign.denylist());
        }
    }

    @Test
    void aChainIsAsWellAsItsWorstStore() {
        Duration minute = Duration.ofMinutes(1);
        try (ChainedTokenStore chain = new ChainedTokenStore(List.of(
                own, new Foreign("a", StoreHealth.deaf(minute)), new Foreign("b", StoreHealth.down("no answer"))))) {
            assertThat(chain.health().available()).isFalse();
            assertThat(chain.health().changeLag()).isEqualTo(minute);
            assertThat(chain.health().detail()).contains("up").contains("no answer");
        }
    }

    @Test
    void anEmptyChainIsAMistake() {
        assertThatThrownBy(() -> new ChainedTokenStore(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
