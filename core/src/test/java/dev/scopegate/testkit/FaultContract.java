package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does when the network between it and its server fails, with another node beside it that has no such trouble. */
public abstract class FaultContract {
    private static final int THREADS = 50;
    private static final Duration TTL = Duration.ofMinutes(1);
    /** So much later than the store's time-out, of a second or less, that only what waits without end comes later. */
    private static final int PATIENCE_SECONDS = 30;
    /** Until then pauses between tries that double have grown to five seconds. */
    private static final Duration LONG_OUTAGE = Duration.ofMillis(5_600);

    private final TestTokens tokens = new TestTokens();
    private final AtomicLong time = new AtomicLong(1);
    private FaultProxy proxy;
    private TokenRepository other;
    private TokenRepository store;
    private CachingTokenStore cache;

    /** Leaves nothing on the server of what tests before this one had there. */
    protected abstract void empty() throws Exception;

    /** Where the server listens. */
    protected abstract int serverPort() throws Exception;

    /** A node with a time-out of a second or less, whose server is on this loopback port. */
    protected abstract TokenRepository open(int port) throws Exception;

    /** What a node sends on the connection alone where it hears of changes; empty: it has none for that. */
    protected abstract String feedWords();

    /** How many times a look-up waits for an answer. */
    protected int roundTrips() {
        return 1;
    }

    /** How many threads a store may keep for look-ups that wait. */
    protected abstract long waitingThreads();

    @BeforeEach
    final void openBoth() throws Exception {
        empty();
        proxy = new FaultProxy(serverPort(), feedWords());
        other = open(serverPort());
        store = open(proxy.port());
        CacheLimits limits = new CacheLimits(
                TTL, 1_000, Duration.ofSeconds(10), 1_000, Duration.ZERO, Duration.ofSeconds(PATIENCE_SECONDS));
        cache = new CachingTokenStore(store, limits, time::get, Runnable::run);
    }

    @AfterEach
    final void closeBoth() throws Exception {
        if (proxy != null) proxy.pass();
        if (cache != null) cache.close();
        if (other != null) other.close();
        if (proxy != null) proxy.close();
    }

    private NewToken added(String name) throws Exception {
        NewToken token = tokens.mint("ada", name);
        var heard = TwoNodesContract.heardOn(store);
        assertThat(other.add(StoredToken.of(token), NOW)).isTrue();
        TwoNodesContract.await(heard, new TokenChange.OfToken(token.facts().id())); // what is cached now stays
        await(() -> opens(token).equals("opens"));
        return token;
    }

    /** What a request with this token would be told, by what is cached where it is. */
    private String opens(NewToken token) {
        try {
            StoredToken found = cache.find(tokens.present(token));
            return found != null && found.token().revokedAt() == null ? "opens" : "refused";
        } catch (Unavailable e) {
            return "unavailable";
        }
    }

    private String lookUp(String id) {
        try {
            return store.get(id) == null ? "absent" : "found";
        } catch (Unavailable e) {
            return "unavailable";
        }
    }

    /** What as many threads are told that look different tokens up at once. */
    private List<String> manyLookUps() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            return waiting.submit(() -> AtOnce.run(THREADS, thread -> lookUp(String.format("%014d", thread))))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            waiting.shutdownNow();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        within(PATIENCE_SECONDS, condition);
    }

    private static void within(int seconds, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %d s", seconds).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void isWell(NewToken token) throws Exception {
        await(() -> lookUp(token.facts().id()).equals("found"));
        await(() -> store.health().equals(StoreHealth.UP));
        assertThat(manyLookUps()).containsOnly("absent");
    }

    @Test
    void inABlackHoleEverybodyIsToldSoInTimeAndWhatIsCachedGoesOn() throws Exception {
        NewToken cached = added("cached");

        proxy.stall();
        assertThat(manyLookUps()).containsOnly("unavailable");
        assertThat(opens(cached)).isEqualTo("opens");
        for (int i = 0; i < 3; i++) assertThat(manyLookUps()).containsOnly("unavailable"); // not one after the other
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("scopegate-jdbc"))
                .hasSizeLessThanOrEqualTo((int) waitingThreads());
        await(() -> !store.health().available() && !store.health().changeLag().isZero());
        assertThat(opens(cached)).isEqualTo("opens");
        time.addAndGet(TTL.toNanos());
        assertThat(opens(cached)).isEqualTo("unavailable");

        proxy.pass();
        isWell(cached);
        assertThat(opens(cached)).isEqualTo("opens");
    }

    @Test
    void connectionsThatAreResetAreReplaced() throws Exception {
        NewToken token = added("ci");
        for (int i = 0; i < 5; i++) {
            proxy.reset();
            isWell(token);
        }
    }

    @Test
    void anAnswerThatIsCutOffIsNoAnswer() throws Exception {
        NewToken token = added("ci");
        for (int bytes = 0; bytes < 60; bytes += 20) {
            proxy.cutAfter(bytes);
            for (int i = 0; i < 20; i++) assertThat(lookUp(token.facts().id())).isNotEqualTo("absent");
            isWell(token);
        }
    }

    /** Beside look-ups a node asks whether it hears of changes, once a second or poll. */
    @Test
    void aLookUpIsOneRoundTrip() throws Exception {
        NewToken token = added("ci");
        String id = token.facts().id();
        for (int i = 0; i < 100; i++) assertThat(lookUp(id)).isEqualTo("found"); // drivers prepare statements meanwhile
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = proxy.requests();
            for (int j = 0; j < 10; j++) assertThat(lookUp(id)).isEqualTo("found");
            least = Math.min(least, proxy.requests() - before);
        }
        assertThat(least).isEqualTo(10L * roundTrips());
    }

    @Test
    void aSlowNetworkIsNoOutage() throws Exception {
        NewToken token = added("ci");

        proxy.delay(30);

        assertThat(lookUp(token.facts().id())).isEqualTo("found");
        assertThat(store.health().available()).isTrue();
    }

    @Test
    void afterALongOutageTheServiceIsBackSoonerThanFiveSecondsAfterTheServer() throws Exception {
        NewToken token = added("ci");
        proxy.refuse();
        long end = System.nanoTime() + LONG_OUTAGE.toNanos();
        while (System.nanoTime() < end) assertThat(lookUp(token.facts().id())).isEqualTo("unavailable");
        assertThat(store.health().changeLag()).isGreaterThan(Duration.ofSeconds(4));

        proxy.pass();

        within(3, () -> lookUp(token.facts().id()).equals("found"));
        isWell(token);
    }

    @Test
    void whileChangesAreNotHeardARevokedTokenIsRefusedWhenTheTtlIsOverAtTheLatest() throws Exception {
        NewToken token = added("ci");
        cutFeed();
        await(() -> !store.health().changeLag().isZero());

        other.revoke(token.facts().id(), NOW, "ada");
        time.addAndGet(TTL.toNanos());

        assertThat(opens(token)).isIn("refused", "unavailable");
    }

    @Test
    void whenChangesAreHeardAgainWhatWasMissedIsRefusedThoughItIsCached() throws Exception {
        NewToken token = added("ci");
        cutFeed();
        other.revoke(token.facts().id(), NOW, "ada");
        await(() -> !store.health().changeLag().isZero());
        assertThat(opens(token)).isEqualTo("opens"); // or the cut has cut nothing

        proxy.pass();

        await(() -> opens(token).equals("refused"));
        isWell(token);
    }

    private void cutFeed() {
        if (feedWords().isEmpty()) proxy.stall();
        else proxy.deafen();
    }
}
