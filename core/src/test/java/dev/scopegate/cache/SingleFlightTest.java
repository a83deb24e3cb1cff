package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingleFlightTest extends CacheHarness {
    private static final int THREADS = 200;
    private static final long SMALL_STACK = 128 * 1024;

    /** Lets that many threads do the same, and returns when each of them waits for another one's look-up. */
    private List<Future<StoredToken>> waitersOn(int count, Callable<StoredToken> request) throws Exception {
        List<Future<StoredToken>> results = new ArrayList<>();
        List<AtomicReference<Thread>> running = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            AtomicReference<Thread> self = new AtomicReference<>();
            running.add(self);
            results.add(elsewhere(() -> {
                self.set(Thread.currentThread());
                started.countDown();
                return request.call();
            }));
        }
        started.await();
        for (AtomicReference<Thread> thread : running) {
            while (thread.get().getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        }
        return results;
    }

    @Test
    void requestsForATokenThatIsBeingLookedUpWaitForThatLookUp() throws Exception {
        for (int round = 1; round <= 50; round++) {
            NewToken token = kept("ci-" + round);
            HandStore.Hold hold = store.hold();
            Future<StoredToken> first = elsewhere(() -> find(token));
            hold.awaitRead();
            List<Future<StoredToken>> others = waitersOn(THREADS, () -> find(token));
            hold.letGo();

            assertThat(first.get()).isEqualTo(StoredToken.of(token));
            for (Future<StoredToken> other : others) assertThat(other.get()).isEqualTo(StoredToken.of(token));
            assertThat(store.lookUps()).isEqualTo(round);
        }
    }

    @Test
    void tenThousandFirstUsesAtOnceOfOneTokenCauseOneLookUp() throws Exception {
        NewToken token = kept("ci");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(token));
        hold.awaitRead();
        List<StoredToken> answers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 9_999; i++) {
            Thread other = new Thread(null, () -> answers.add(found(token)), "first use " + i, SMALL_STACK);
            others.add(other);
            other.start();
        }
        for (Thread other : others) {
            while (other.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        }
        hold.letGo();
        for (Thread other : others) other.join();

        assertThat(first.get()).isEqualTo(StoredToken.of(token));
        assertThat(answers).hasSize(9_999).containsOnly(StoredToken.of(token));
        assertThat(store.lookUps()).isEqualTo(1);
    }

    private @Nullable StoredToken found(NewToken token) {
        try {
            return find(token);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnknownTokenIsLookedUpOnceForAllWhoWait() throws Exception {
        NewToken token = tokens.mint("ada", "nowhere");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(token));
        hold.awaitRead();
        List<Future<StoredToken>> others = waitersOn(THREADS, () -> find(token));
        hold.letGo();

        assertThat(first.get()).isNull();
        for (Future<StoredToken> other : others) assertThat(other.get()).isNull();
        assertThat(store.lookUps()).isEqualTo(1);
    }

    @Test
    void whenTheStoreIsDownEverybodyWhoWaitsIsToldSo() throws Exception {
        store.fail();
        assertThatEverybodyIsToldOfTheFailure();
    }

    @Test
    void whenTheStoreBreaksEverybodyWhoWaitsIsToldSo() throws Exception {
        store.failWith(new IllegalStateException("a driver's own exception"));
        assertThatEverybodyIsToldOfTheFailure();
    }

    private void assertThatEverybodyIsToldOfTheFailure() throws Exception {
        NewToken token = kept("ci");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(token));
        hold.awaitRead();
        List<Future<StoredToken>> others = waitersOn(20, () -> find(token));
        hold.letGo();

        assertUnavailable(first);
        for (Future<StoredToken> other : others) assertUnavailable(other);
        assertThat(store.lookUps()).isEqualTo(1);
        store.failWith(null);
        assertThat(find(token)).isEqualTo(StoredToken.of(token));
    }

    private static void assertUnavailable(Future<StoredToken> request) {
        assertThatThrownBy(request::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void whoWaitsLongerThanTheTimeoutIsToldThatItCannotBeSaid() throws Exception {
        cache = cache(new CacheLimits(TTL, 100, UNKNOWN_TTL, 10, Duration.ZERO, Duration.ofMillis(1)));
        NewToken token = kept("ci");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(token));
        hold.awaitRead();

        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class).hasMessageContaining("takes too long");

        hold.letGo();
        assertThat(first.get()).isEqualTo(StoredToken.of(token));
        assertThat(find(token)).isEqualTo(StoredToken.of(token));
        assertThat(store.lookUps()).isEqualTo(1);
    }

    @Test
    void anInterruptedWaiterIsToldThatItCannotBeSaidAndStaysInterrupted() throws Exception {
        NewToken token = kept("ci");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(token));
        hold.awaitRead();

        Future<Boolean> interrupted = elsewhere(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> find(token))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("interrupted");
            return Thread.interrupted();
        });

        assertThat(interrupted.get()).isTrue();
        hold.letGo();
        assertThat(first.get()).isNotNull();
    }

    @Test
    void aTokenThatIsHeldUpHoldsUpNoOther() throws Exception {
        NewToken held = kept("held");
        NewToken other = kept("other");
        HandStore.Hold hold = store.hold();
        Future<StoredToken> first = elsewhere(() -> find(held));
        hold.awaitRead();

        assertThat(find(other)).isEqualTo(StoredToken.of(other));

        hold.letGo();
        assertThat(first.get()).isNotNull();
    }

    @Test
    void aRequestThatComesJustAfterALookUpHasEndedTakesItsAnswer() throws Exception {
        LookUps lookUps = new LookUps(Duration.ofSeconds(60));
        StoredToken found = StoredToken.of(kept("ci"));
        AtomicReference<StoredToken> remembered = new AtomicReference<>();

        StoredToken answer = lookUps.share(
                "key",
                () -> new LookUps.Answer(found),
                () -> {
                    throw new AssertionError("the store is asked again");
                },
                remembered::set);

        assertThat(answer).isSameAs(found);
        assertThat(remembered).hasNullValue();
    }
}
