package dev.scopegate.store.jwt;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind a URL. One question is under way at a time, whoever waits for it. Keys are asked for again in the background
 * when they are due, and for a token that names an unknown one, at most once a minute; while nobody answers, those known
 * are used for a bounded time.
 */
final class RemoteKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final long LEAST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Keys, when they came by the ticker, and for how long they need not be asked for again. */
    private record Known(KeySet keys, long since, long freshNanos) {}

    private final JwksRequest request;
    private final LongSupplier ticker;
    private final long refreshNanos;
    private final long staleNanos;
    private volatile @Nullable Known known;
    private volatile boolean failing;
    private long failedAt;
    private @Nullable CompletableFuture<KeySet> underWay;
    private @Nullable CompletableFuture<JwksRequest.Answer> asking;
    private boolean closed;

    /**
     * Begins to ask for the keys.
     *
     * @param refresh how long keys are used before they are asked for again, unless the answer says a shorter time
     * @param stale how much longer while nobody answers
     * @param ticker nanoseconds that never jump
     */
    RemoteKeys(JwksRequest request, Duration refresh, Duration stale, LongSupplier ticker) {
        this.request = request;
        this.refreshNanos = refresh.toNanos();
        this.staleNanos = stale.toNanos();
        this.ticker = ticker;
        askInBackground();
    }

    @Override
    public KeySet current() throws Unavailable {
        Known now = known;
        long age = now == null ? 0 : ticker.getAsLong() - now.since();
        if (now == null || age > now.freshNanos() + staleNanos) return await(ask());
        if (age > now.freshNanos()) askInBackground();
        return now.keys();
    }

    @Override
    public KeySet newerThan(KeySet seen) throws Unavailable {
        Known now = known;
        if (now != null && now.keys() != seen) return now.keys();
        if (now != null && !failing && ticker.getAsLong() - now.since() < LEAST_NANOS) return seen;
        return await(ask());
    }

    private void askInBackground() {
        try {
            var unused = ask();
        } catch (Unavailable e) {
            LOG.trace("{} is not asked yet again", request);
        }
    }

    private synchronized CompletableFuture<KeySet> ask() throws Unavailable {
        if (underWay != null) return underWay;
        if (closed || (failing && ticker.getAsLong() - failedAt < PAUSE_NANOS)) {
            throw new Unavailable("the keys at " + request + " could not be read a moment ago", null);
        }
        CompletableFuture<JwksRequest.Answer> asked = request.send();
        CompletableFuture<KeySet> told = new CompletableFuture<>();
        asking = asked;
        underWay = told;
        // those who wait are let go only after the answer has been taken
        var unused = asked.whenComplete((answer, failure) -> {
            if (failure == null) learn(answer);
            else fail(failure);
            if (failure == null) told.complete(answer.keys());
            else told.completeExceptionally(failure);
        });
        return told;
    }

    private synchronized void learn(JwksRequest.Answer answer) {
        Duration maxAge = answer.maxAge();
        long fresh = maxAge == null ? refreshNanos : Math.min(refreshNanos, maxAge.toNanos());
        known = new Known(answer.keys(), ticker.getAsLong(), Math.max(LEAST_NANOS, fresh));
        if (failing) LOG.info("the keys at {} can be read again", request);
        failing = false;
        underWay = null;
    }

    private synchronized void fail(Throwable failure) {
        if (!failing && !closed) LOG.warn("the keys at {} cannot be read: {}", request, JwksRequest.why(failure));
        failing = true;
        failedAt = ticker.getAsLong();
        underWay = null;
    }

    private KeySet await(CompletableFuture<KeySet> asked) throws Unavailable {
        try {
            return asked.get(); // ends by itself: the request bounds its time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the keys at " + request, e);
        } catch (ExecutionException e) {
            throw new Unavailable("the keys at " + request + " cannot be read: " + JwksRequest.why(e), e);
        }
    }

    @Override
    public boolean usable() {
        Known now = known;
        return now != null && ticker.getAsLong() - now.since() <= now.freshNanos() + staleNanos;
    }

    @Override
    public @Nullable String trouble() {
        if (failing) return "the keys at " + request + " cannot be read";
        return usable() ? null : "the keys at " + request + " have not been read yet";
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (asking != null) asking.cancel(true);
    }
}
