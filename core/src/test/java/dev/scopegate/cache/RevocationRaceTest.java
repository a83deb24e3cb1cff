package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A look-up that began before a change must lose against it. Each test holds the store between reading the old state and
 * answering with it, lets the change through, and then lets the answer go.
 *
 * <p>To see these tests fail, empty the bodies of {@link LookUps#overtake} and {@link LookUps#overtakeAll}: the old state
 * is then remembered for a whole TTL, and requests that come later wait for it.
 */
class RevocationRaceTest extends CacheHarness {
    /** Every way in which a feed may name the token of these tests. */
    private enum Told {
        OF_TOKEN(token -> new TokenChange.OfToken(token.facts().id())),
        OF_PARENT(token -> new TokenChange.OfParent("key-1")),
        OF_OWNER(token -> new TokenChange.OfOwner("ada")),
        OF_JTI(token -> new TokenChange.OfJti(token.facts().id())),
        OF_EVERYTHING(token -> new TokenChange.OfEverything());

        @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
        private final Function<NewToken, TokenChange> change;

        Told(Function<NewToken, TokenChange> change) {
            this.change = change;
        }
    }

    /** Short, so that a request that wrongly waits for the held look-up fails the test soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NewToken token = kept("ci", facts -> facts.parent("key-1"));

    RevocationRaceTest() {
        cache = cache(new CacheLimits(TTL, 10_000, UNKNOWN_TTL, 1_000, Duration.ZERO, PATIENCE));
    }

    /** Starts the look-up elsewhere, revokes the token while the store holds the old state, and lets that go. */
    private StoredToken revokeDuring(Callable<@Nullable StoredToken> lookUp, Told told) throws Exception {
        HandStore.Hold hold = store.hold();
        Future<StoredToken> overtaken = elsewhere(lookUp);
        hold.awaitRead();

        StoredToken revoked = revoke(token);
        store.tell(told.change.apply(token));
        int before = store.lookUps();
        assertThat(find(token))
                .as("a request after the change, before the old answer")
                .isEqualTo(revoked);
        assertThat(store.lookUps()).isEqualTo(before + 1);
        hold.letGo();
        overtaken.get();

        return revoked;
    }

    private void assertAnswered(StoredToken expected) throws Exception {
        assertThat(find(token)).as("a request after the old answer").isEqualTo(expected);
        assertThat(find(token)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aLookUpThatARevocationOvertookIsNotRemembered(Told told) throws Exception {
        assertAnswered(revokeDuring(() -> find(token), told));
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aLookUpThatARevocationOvertookIsNotRememberedThoughNobodyAskedInBetween(Told told) throws Exception {
        HandStore.Hold hold = store.hold();
        Future<StoredToken> overtaken = elsewhere(() -> find(token));
        hold.awaitRead();
        StoredToken revoked = revoke(token);
        cache.forget(told.change.apply(token));
        hold.letGo();
        overtaken.get();

        assertThat(cache.size()).isZero();
        assertAnswered(revoked);
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void anOldAnswerThatComesWhileTheNextLookUpIsUnderWayIsNotRemembered(Told told) throws Exception {
        HandStore.Hold old = store.hold();
        Future<StoredToken> overtaken = elsewhere(() -> find(token));
        old.awaitRead();
        StoredToken revoked = revoke(token);
        store.tell(told.change.apply(token));
        HandStore.Hold fresh = store.hold();
        Future<StoredToken> next = elsewhere(() -> find(token));
        fresh.awaitRead();

        old.letGo();
        overtaken.get();
        assertThat(cache.size()).isZero();
        fresh.letGo();

        assertThat(next.get()).isEqualTo(revoked);
        assertAnswered(revoked);
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aBackgroundRefreshThatAnEditOvertookIsNotRemembered(Told told) throws Exception {
        find(token);
        time.pass(Duration.ofSeconds(50));
        find(token);
        Runnable refresh = background.takeOne();

        assertAnswered(revokeDuring(
                () -> {
                    refresh.run();
                    return null;
                },
                told));
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aLiveLookUpThatARevocationOvertookIsNotRemembered(Told told) throws Exception {
        assertAnswered(revokeDuring(() -> cache.findLive(tokens.present(token)), told));
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aLookUpForAWrongSecretThatARevocationOvertookIsNotRemembered(Told told) throws Exception {
        find(token);
        time.pass(Duration.ofSeconds(2));
        BearerToken guess = tokens.guess(token.facts().id());

        assertAnswered(revokeDuring(() -> cache.find(guess), told));
    }

    @ParameterizedTest
    @EnumSource(Told.class)
    void aLookUpThatFoundNothingBeforeTheTokenWasAddedIsNotRemembered(Told told) throws Exception {
        store.remove(StoredToken.of(token));
        HandStore.Hold hold = store.hold();
        Future<StoredToken> overtaken = elsewhere(() -> find(token));
        hold.awaitRead();
        store.put(StoredToken.of(token));
        cache.forget(told.change.apply(token));
        hold.letGo();

        assertThat(overtaken.get()).isNull();
        assertAnswered(StoredToken.of(token));
    }

    @Test
    void aLiveLookUpDoesNotTakeTheAnswerOfAnEarlierLookUp() throws Exception {
        HandStore.Hold hold = store.hold();
        Future<StoredToken> earlier = elsewhere(() -> find(token));
        hold.awaitRead();
        StoredToken revoked = revoke(token);

        assertThat(cache.findLive(tokens.present(token))).isEqualTo(revoked);
        hold.letGo();
        earlier.get();

        assertAnswered(revoked);
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aChangeOfAnotherTokenLeavesALookUpAlone() throws Exception {
        HandStore.Hold hold = store.hold();
        Future<StoredToken> lookUp = elsewhere(() -> find(token));
        hold.awaitRead();
        cache.forget(new TokenChange.OfToken("0123456789ABCD"));
        hold.letGo();

        assertThat(lookUp.get()).isEqualTo(StoredToken.of(token));
        assertAnswered(StoredToken.of(token));
        assertThat(store.lookUps()).isEqualTo(1);
    }

    @Test
    void aLookUpThatBeganWithinAChangeIsNotSharedAfterIt() throws Exception {
        LookUps lookUps = new LookUps(Duration.ofSeconds(60));
        StoredToken stale = StoredToken.of(kept("ci"));
        CountDownLatch glanced = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        lookUps.overtake("key"); // the change begins
        Future<StoredToken> early = elsewhere(() -> lookUps.share(
                "key",
                () -> {
                    glanced.countDown();
                    awaitQuietly(changed);
                    return new LookUps.Answer(stale); // what was remembered before the change went on
                },
                () -> stale,
                found -> {}));
        glanced.await();
        lookUps.overtake("key"); // the change ends
        StoredToken late = lookUps.share("key", () -> null, () -> null, found -> {});
        changed.countDown();

        assertThat(late).isNull();
        assertThat(early.get()).isSameAs(stale);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
