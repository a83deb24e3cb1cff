package dev.scopegate.cache;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look-ups that are under way, at most one per key that others may share. Publishing a result and overtaking a
 * look-up exclude each other under the map's lock for that key, so a result read before a change is never remembered
 * after it. Open for a test that takes this guard out, to see that what it guards against is seen.
 */
class LookUps {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);

    /** Asks the store; on the thread of the first request. */
    @FunctionalInterface
    interface Question {
        @Nullable StoredToken ask() throws Unavailable;
    }

    /** An answer that may be null. */
    record Answer(@Nullable StoredToken found) {}

    private final ConcurrentHashMap<String, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();
    private final long timeoutNanos;
    private final LongAdder made = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    LookUps(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /**
     * Waits for the look-up that is under way, or makes it, unless {@code remembered} has an answer by then: between a
     * request's glance at the cache and its turn here another look-up may have ended.
     */
    final @Nullable StoredToken share(
            String key,
            Supplier<@Nullable Answer> remembered,
            Question question,
            Consumer<@Nullable StoredToken> remember)
            throws Unavailable {
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> others = underWay.putIfAbsent(key, mine);
        if (others != null) return await(others);
        Answer already = remembered.get();
        if (already == null) return make(key, mine, question, remember);
        underWay.remove(key, mine);
        mine.complete(already);
        return already.found();
    }

    /** Makes a look-up in any case; those that come later share it. */
    final @Nullable StoredToken alone(String key, Question question, Consumer<@Nullable StoredToken> remember)
            throws Unavailable {
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        underWay.put(key, mine);
        return make(key, mine, question, remember);
    }

    private @Nullable StoredToken make(
            String key, CompletableFuture<Answer> mine, Question question, Consumer<@Nullable StoredToken> remember)
            throws Unavailable {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            StoredToken found = question.ask();
            answered = true;
            underWay.computeIfPresent(key, (k, current) -> {
                if (current != mine) return current;
                remember.accept(found);
                return null;
            });
            mine.complete(new Answer(found));
            return found;
        } catch (RuntimeException e) {
            LOG.warn("the store broke with an exception of its own", e);
            Unavailable failed =
                    new Unavailable("the store failed with " + e.getClass().getName(), e);
            mine.completeExceptionally(failed);
            throw failed;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, mine);
            nanos.add(System.nanoTime() - start);
            made.increment();
            if (!answered) failed.increment();
        }
    }

    private @Nullable StoredToken await(CompletableFuture<Answer> others) throws Unavailable {
        try {
            return others.get(timeoutNanos, TimeUnit.NANOSECONDS).found();
        } catch (TimeoutException e) {
            throw new Unavailable("another request's look-up of the same token takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for another request's look-up", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unavailable unavailable) throw unavailable;
            throw new Unavailable("another request's look-up of the same token failed", e.getCause());
        }
    }

    final LookUpStats stats() {
        return new LookUpStats(made.sum(), failed.sum(), Duration.ofNanos(nanos.sum()));
    }

    /** What is under way for this key is not remembered, nor shared with requests that come later. */
    void overtake(String key) {
        underWay.remove(key);
    }

    /** The same for every key. */
    void overtakeAll() {
        underWay.clear();
    }
}
