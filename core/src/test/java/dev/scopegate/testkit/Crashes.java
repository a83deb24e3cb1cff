package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Scopegate;
import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenRepository.Replacement;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server that is killed under load, again and again, while one store goes on using it: what was acknowledged is there
 * afterwards, nobody was let in with a revoked token, and the store serves again by itself.
 */
public final class Crashes {
    private static final int WRITERS = 4;
    private static final int CHANGES_BEFORE_A_CRASH = 60;
    private static final int PATIENCE_SECONDS = 60;
    private static final int SOME = 2;
    private static final int READERS = 2;
    private static final int WARM = 20;
    /** From the moment when the server takes connections. */
    private static final int BACK_SECONDS = 5;

    private static final CacheLimits LIMITS = new CacheLimits(
            Duration.ofMinutes(1), 100_000, Duration.ofSeconds(1), 1_000, Duration.ZERO, Duration.ofSeconds(10));

    /** The server, which a test has started. */
    public interface Server {
        /** Ends it without a chance to write anything more. */
        void kill() throws Exception;

        /** Starts it where it was; returns when it takes connections. */
        void start() throws Exception;
    }

    private final TestTokens tokens = new TestTokens();
    private final TokenRepository store;
    private final Server server;
    /** What each token was when a call about it returned; one in doubt is not in here. */
    private final Map<String, StoredToken> acknowledged = new ConcurrentHashMap<>();

    private final ConcurrentLinkedQueue<NewToken> revoked = new ConcurrentLinkedQueue<>();
    /** What requests are answered from, before and while the server is gone. */
    private final CachingTokenStore cache;

    private final List<NewToken> living = new ArrayList<>();
    private long longestReturn;
    private volatile boolean over;

    private Crashes(TokenRepository store, Server server) {
        this.store = store;
        this.server = server;
        this.cache = new CachingTokenStore(shared(store), LIMITS, Ticker.systemTicker(), Runnable::run);
    }

    /** Closing a cache must not close the store. */
    private static TokenStore shared(TokenRepository store) {
        return new TokenStore() {
            @Override
            public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
                return store.find(presented);
            }

            @Override
            public TokenChanges changes() {
                return store.changes();
            }
        };
    }

    /**
     * Kills the server that many times.
     *
     * @return a line that says how much was written and how long the store took to come back
     */
    public static String of(String what, TokenRepository store, Server server, int rounds) throws Exception {
        Crashes crashes = new Crashes(store, server);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
        try {
            for (int i = 0; i < WARM; i++) crashes.warm("living-" + i);
            List<Future<Long>> reading = new ArrayList<>();
            for (int i = 0; i < READERS; i++) reading.add(threads.submit(crashes::read));
            for (int round = 0; round < rounds; round++) crashes.round(threads, round);
            crashes.over = true;
            for (Future<Long> one : reading) {
                assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            crashes.over = true;
            threads.shutdownNow();
            crashes.cache.close();
        }
        return String.format(
                Locale.ROOT,
                "%s: killed %d times; %d acknowledged tokens kept, %d of them revoked; back after %.1f s at most",
                what,
                rounds,
                crashes.acknowledged.size(),
                crashes.revoked.size(),
                crashes.longestReturn / 1e9);
    }

    private void round(ExecutorService threads, int round) throws Exception {
        CountDownLatch changes = new CountDownLatch(CHANGES_BEFORE_A_CRASH);
        List<Future<Boolean>> working = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String name = round + "-" + i + "-";
            working.add(threads.submit(untilUnavailable(() -> write(name, changes))));
        }
        assertThat(changes.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        server.kill();
        for (Future<Boolean> one : working)
            assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        refuseTheRevoked(SOME); // each waits for the server, as long as a request would
        server.start();
        long begin = System.nanoTime();
        while (!answers()) {
            assertThat(System.nanoTime() - begin)
                    .as("the service is back within %d s of the server", BACK_SECONDS)
                    .isLessThan(TimeUnit.SECONDS.toNanos(BACK_SECONDS));
        }
        longestReturn = Math.max(longestReturn, System.nanoTime() - begin);
        for (Map.Entry<String, StoredToken> one : acknowledged.entrySet()) {
            assertThat(store.get(one.getKey())).isEqualTo(one.getValue());
        }
        refuseTheRevoked(Integer.MAX_VALUE);
    }

    private void warm(String name) throws Unavailable {
        NewToken token = tokens.mint("grace", name);
        assertThat(store.add(StoredToken.of(token), NOW)).isTrue();
        living.add(token);
    }

    /**
     * Goes on through every crash: who may be let in is, or nobody can tell; who was revoked is not.
     *
     * @return how often somebody was let in
     */
    private long read() {
        long letIn = 0;
        while (!over) {
            for (NewToken token : living) if (opens(token, true)) letIn++;
            for (NewToken token : revoked) assertThat(opens(token, false)).isFalse();
            LockSupport.parkNanos(1_000_000); // leaves the writers their turn
        }
        return letIn;
    }

    private boolean opens(NewToken token, boolean unlessUnavailable) {
        try {
            StoredToken found = cache.find(tokens.present(token));
            boolean opens = found != null
                    && found.token().statusAt(NOW.toEpochMilli()) == TokenStatus.ACTIVE
                    && found.opensWith(tokens.present(token), NOW.toEpochMilli());
            if (unlessUnavailable)
                assertThat(opens).as("a living token is let in").isTrue();
            return opens;
        } catch (Unavailable e) {
            return false;
        }
    }

    private boolean answers() {
        try {
            return store.get("0123456789ABCD") == null;
        } catch (Unavailable notYet) {
            return false;
        }
    }

    /** Adds, edits and revokes until the server is gone. */
    private boolean write(String name, CountDownLatch changes) throws Unavailable {
        for (int i = 0; ; i++, changes.countDown()) {
            NewToken token = tokens.mint("ada", name + i);
            StoredToken added = StoredToken.of(token);
            assertThat(store.add(added, NOW)).isTrue();
            keep(added);
            AccessToken renamed =
                    added.token().toBuilder().name(name + i + "-edited").build();
            acknowledged.remove(renamed.id()); // in doubt until the call returns
            assertThat(store.replace(added, added.with(renamed), NOW)).isEqualTo(Replacement.DONE);
            keep(added.with(renamed));
            if (i % 2 == 0) continue;
            acknowledged.remove(renamed.id());
            AccessToken dead = Objects.requireNonNull(store.revoke(renamed.id(), NOW, "bob"));
            keep(added.with(dead));
            revoked.add(token);
        }
    }

    private void keep(StoredToken token) {
        acknowledged.put(token.token().id(), token);
    }

    private static Callable<Boolean> untilUnavailable(Callable<Boolean> work) {
        return () -> {
            try {
                return work.call();
            } catch (Unavailable e) {
                return true;
            }
        };
    }

    /** Through everything that stands before a store; closing this one must not close the store. */
    private void refuseTheRevoked(int most) {
        try (Scopegate gate = Scopegate.builder()
                .catalog(ScopeCatalog.of(Scope.named("public")))
                .format(tokens.format())
                .store(presented -> store.find(presented))
                .build()) {
            for (NewToken token : revoked.stream().limit(most).toList()) {
                Admission admission = gate.check()
                        .authenticate(List.of("Bearer " + token.reveal()).iterator(), () -> ClientAddress.UNKNOWN);
                assertThat(admission.accessToken()).isNull();
            }
        }
    }
}
