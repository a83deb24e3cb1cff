package dev.scopegate.cache;

import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A cache before a {@link HandStore}, whose time passes and whose background work runs when a test says so. */
abstract class CacheHarness {
    static final Duration TTL = Duration.ofSeconds(60);
    static final Duration UNKNOWN_TTL = Duration.ofSeconds(10);
    static final CacheLimits LIMITS =
            new CacheLimits(TTL, 10_000, UNKNOWN_TTL, 1_000, Duration.ZERO, Duration.ofSeconds(60));

    /** Background look-ups that wait in line until a test runs them. */
    static final class Background implements Executor {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean full;

        @Override
        public void execute(Runnable task) {
            if (full) throw new RejectedExecutionException("full");
            waiting.add(task);
        }

        void beFull() {
            full = true;
        }

        int waiting() {
            return waiting.size();
        }

        void runAll() {
            while (!waiting.isEmpty()) waiting.remove().run();
        }

        Runnable takeOne() {
            return waiting.remove();
        }
    }

    final TestTokens tokens = new TestTokens();
    final HandTime time = new HandTime();
    final HandStore store = new HandStore();
    final Background background = new Background();
    final ExecutorService threads = Executors.newCachedThreadPool();
    CachingTokenStore cache = cache(LIMITS);

    @AfterEach
    final void stopThreads() {
        threads.shutdownNow();
    }

    final CachingTokenStore cache(CacheLimits limits) {
        return new CachingTokenStore(store, limits, time, background);
    }

    /** The usual limits, but cached tokens serve that long beyond the TTL while the store is down. */
    static CacheLimits stale(Duration stale) {
        return new CacheLimits(TTL, 10_000, UNKNOWN_TTL, 1_000, stale, Duration.ofSeconds(60));
    }

    /** A token that the store has. */
    final NewToken kept(String name, UnaryOperator<AccessTokenBuilder> facts) {
        NewToken token = tokens.mint(TokenKind.PERSONAL, "ada", name, facts);
        store.put(StoredToken.of(token));
        return token;
    }

    final NewToken kept(String name) {
        return kept(name, facts -> facts);
    }

    final @Nullable StoredToken find(NewToken token) throws Exception {
        return cache.find(tokens.present(token));
    }

    final boolean opens(BearerToken presented) throws Exception {
        StoredToken found = cache.find(presented);
        return found != null && found.opensWith(presented, time.millis());
    }

    /** What the store answers with from now on: the token, revoked. */
    final StoredToken revoke(NewToken token) {
        StoredToken revoked = new StoredToken(
                token.facts().toBuilder().revoked(time.instant(), "admin").build(),
                StoredToken.of(token).secrets());
        store.put(revoked);
        return revoked;
    }

    /** Does it on another thread. */
    final <T> Future<T> elsewhere(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
