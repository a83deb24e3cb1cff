package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenStatus;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StaleIfUnavailableTest extends CacheHarness {
    /** A token that the cache has found, and may serve for that long beyond its TTL now that the store is down. */
    private NewToken rememberedWhenTheStoreFails(Duration stale) throws Exception {
        cache = cache(stale(stale));
        NewToken token = kept("ci");
        find(token);
        store.fail();
        return token;
    }

    @Test
    void whileTheStoreIsDownACachedTokenServesUntilItsTtl() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ZERO);

        time.pass(TTL.minusNanos(1));
        assertThat(find(token)).isNotNull();
        time.pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void withAStaleTimeItServesThatMuchLonger() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ofSeconds(30));

        time.pass(TTL.plusSeconds(30).minusNanos(1));
        assertThat(find(token)).isEqualTo(StoredToken.of(token));
        time.pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void theStaleTimeEndsAlsoWhileAFailureIsTooRecentToAskAgain() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ofSeconds(30));

        time.pass(TTL.plusSeconds(30).minusMillis(100));
        assertThat(find(token)).isNotNull();
        time.pass(Duration.ofMillis(100));
        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aLookUpThatFailsAfterTheStaleTimeIsAnsweredByNothing() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ofSeconds(30));
        time.pass(TTL);
        HandStore.Hold hold = store.hold();
        Future<StoredToken> waiting = elsewhere(() -> find(token));
        hold.awaitRead();

        time.pass(Duration.ofSeconds(30));
        hold.letGo();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void beyondItsTtlAnEntryServesOnlyWhenTheStoreIsDown() throws Exception {
        cache = cache(stale(Duration.ofHours(1)));
        NewToken token = kept("ci");
        find(token);
        StoredToken revoked = revoke(token);

        time.pass(TTL);

        assertThat(find(token)).isEqualTo(revoked);
    }

    @Test
    void whenTheStoreIsBackTheEntryIsFreshAgain() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ofSeconds(30));
        time.pass(TTL.plusSeconds(1));
        find(token);
        store.failWith(null);
        time.pass(Duration.ofSeconds(2)); // a store that failed is left in peace for a second
        find(token);
        int before = store.lookUps();

        time.pass(TTL.minusSeconds(16));
        find(token);

        assertThat(store.lookUps()).isEqualTo(before);
    }

    @Test
    void aTokenNeverServesBeyondItsOwnExpiry() throws Exception {
        cache = cache(stale(Duration.ofHours(1)));
        NewToken token = kept("ci", facts -> facts.expiresAt(time.instant().plusSeconds(70)));
        find(token);
        store.fail();

        time.pass(Duration.ofSeconds(69));
        assertThat(find(token).token().statusAt(time.millis())).isEqualTo(TokenStatus.ACTIVE);
        time.pass(Duration.ofSeconds(1));
        assertThat(find(token).token().statusAt(time.millis())).isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void aRevocationThatIsToldEndsTheStaleTime() throws Exception {
        NewToken token = rememberedWhenTheStoreFails(Duration.ofHours(1));
        time.pass(TTL);
        assertThat(find(token)).isNotNull();

        cache.forget(new TokenChange.OfToken(token.facts().id()));

        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aRevocationThatIsToldWhileTheStoreFailsEndsTheStaleTime() throws Exception {
        cache = cache(stale(Duration.ofHours(1)));
        NewToken token = kept("ci");
        find(token);
        time.pass(TTL);
        store.fail();
        HandStore.Hold hold = store.hold();
        Future<StoredToken> waiting = elsewhere(() -> find(token));
        hold.awaitRead();

        cache.forget(new TokenChange.OfToken(token.facts().id()));
        hold.letGo();

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void aTokenThatWasNeverSeenIsNotServedWhileTheStoreIsDown() {
        cache = cache(stale(Duration.ofHours(1)));
        NewToken token = kept("ci");
        store.fail();

        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aStoreThatBreaksWithAnExceptionOfItsOwnIsDownToo() throws Exception {
        cache = cache(stale(Duration.ofSeconds(30)));
        NewToken token = kept("ci");
        NewToken other = kept("other");
        find(token);
        store.failWith(new IllegalStateException("a driver's own exception"));
        time.pass(TTL);

        assertThat(find(token)).isNotNull();
        assertThatThrownBy(() -> find(other)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aStoreThatFailedAMomentAgoIsNotWaitedForByEveryRequest() throws Exception {
        CachingTokenStore stale = cache(stale(Duration.ofMinutes(5)));
        NewToken token = kept("ci");
        stale.find(tokens.present(token));
        time.pass(TTL);
        store.fail();
        int before = store.lookUps();
        for (int i = 0; i < 100; i++)
            assertThat(stale.find(tokens.present(token))).isEqualTo(StoredToken.of(token));
        assertThat(store.lookUps()).isEqualTo(before + 1);
        time.pass(Duration.ofSeconds(2));
        stale.find(tokens.present(token));
        assertThat(store.lookUps()).isEqualTo(before + 2);
    }
}
