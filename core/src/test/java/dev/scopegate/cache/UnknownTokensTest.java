package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnknownTokensTest extends CacheHarness {
    /** Random enough for junk, and a hundred times as fast. */
    private static final class FastRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient SplittableRandom random = new SplittableRandom(1);

        @Override
        public int nextInt(int bound) {
            return random.nextInt(bound);
        }
    }

    @Test
    void anUnknownTokenIsLookedUpOnceWithinItsTime() throws Exception {
        NewToken token = tokens.mint("ada", "ci");

        for (int i = 0; i < 5; i++) assertThat(find(token)).isNull();
        time.pass(UNKNOWN_TTL.minusNanos(1));
        assertThat(find(token)).isNull();
        assertThat(store.lookUps()).isEqualTo(1);

        time.pass(Duration.ofNanos(1));
        assertThat(find(token)).isNull();
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aTokenThatIsAddedAfterItWasUnknownWorksAtOnce() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        find(token);
        store.put(StoredToken.of(token));

        store.tell(new TokenChange.OfToken(token.facts().id()));

        assertThat(find(token)).isEqualTo(StoredToken.of(token));
        assertThat(cache.unknownSize()).isZero();
    }

    @Test
    void aLiveLookUpSeesATokenThatWasUnknown() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        find(token);
        store.put(StoredToken.of(token));

        assertThat(cache.findLive(tokens.present(token))).isNotNull();
        assertThat(find(token)).isNotNull();
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aMillionJunkTokensPushNoGoodTokenOut() throws Exception {
        TestTokens junk = new TestTokens(new TokenFormat(Map.of(), null, new FastRandom()));
        List<NewToken> good = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) good.add(kept("good-" + i));
        for (NewToken token : good) find(token);

        for (int i = 0; i < 1_000_000; i++) {
            if (cache.find(junk.format().mint(TokenKind.PERSONAL)) != null) throw new AssertionError("junk was known");
        }

        assertThat(store.lookUps()).isEqualTo(1_001_000);
        for (NewToken token : good) assertThat(find(token)).isNotNull();
        assertThat(store.lookUps()).isEqualTo(1_001_000);
        assertThat(cache.unknownSize()).isBetween(1L, 1_000L);
        assertThat(cache.size()).isEqualTo(1_000);
    }

    @Test
    void junkOfForeignShapesIsRememberedApartToo() throws Exception {
        NewToken good = kept("good");
        find(good);

        for (int i = 0; i < 20_000; i++)
            assertThat(cache.find(tokens.read("junk." + i))).isNull();

        find(good);
        assertThat(store.lookUps()).isEqualTo(20_001);
        assertThat(cache.unknownSize()).isBetween(1L, 1_000L);
    }

    @Test
    void anExpiredTokenIsRememberedLikeAnyOther() throws Exception {
        NewToken token = kept("old", facts -> facts.expiresAt(time.instant().minusSeconds(1)));
        for (int i = 0; i < 100; i++) assertThat(find(token)).isEqualTo(StoredToken.of(token));
        assertThat(store.lookUps()).isEqualTo(1);
    }
}
