package dev.scopegate.cache;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A cache entry: what the store answered and when, and who may ask it again. */
final class CachedToken {
    private static final AtomicIntegerFieldUpdater<CachedToken> STATE =
            AtomicIntegerFieldUpdater.newUpdater(CachedToken.class, "state");
    private static final AtomicIntegerFieldUpdater<CachedToken> RECHECKED =
            AtomicIntegerFieldUpdater.newUpdater(CachedToken.class, "recheckedAt");
    private static final int REFRESHING = 1;
    private static final int TICKS_KEPT = Integer.MAX_VALUE >> 1;
    /** About a millisecond: what says when the store was asked need not be finer, and fits half the room. */
    private static final int NANOS_PER_TICK_BITS = 20;

    private final StoredToken stored;
    private final long loadedAt;
    /** In ticks. */
    private volatile int recheckedAt;
    /** Whether a refresh has begun, in the lowest bit; above it when the store did not answer, in ticks, 0: it did. */
    private volatile int state;

    /** An entry read at {@code loadedAt}; {@code recheckedAt} is handed down from the entry it replaces. */
    CachedToken(StoredToken stored, long loadedAt, long recheckedAt) {
        this.stored = stored;
        this.loadedAt = loadedAt;
        this.recheckedAt = ticks(recheckedAt);
    }

    private static int ticks(long nanos) {
        return (int) (nanos >> NANOS_PER_TICK_BITS);
    }

    StoredToken stored() {
        return stored;
    }

    /** By the cache's ticker. */
    long loadedAt() {
        return loadedAt;
    }

    /** True for one caller only. */
    boolean beginRefresh() {
        int now = state;
        return (now & REFRESHING) == 0 && STATE.compareAndSet(this, now, now | REFRESHING);
    }

    /** When a wrong secret last made the store be asked again; longer ago than {@code nanos} is as good as that. */
    long recheckedAt(long now, long nanos) {
        int ago = ticks(now) - recheckedAt;
        return now - (ago < 0 || ago >= ticks(nanos) ? nanos : (long) ago << NANOS_PER_TICK_BITS);
    }

    /** True at most once in that time, so that wrong secrets for a known id cannot drive the store. */
    boolean mayRecheck(long now, long everyNanos) {
        int last = recheckedAt;
        return ticks(now) - last >= ticks(everyNanos) && RECHECKED.compareAndSet(this, last, ticks(now));
    }

    /** The store did not answer for this token. */
    void failed(long now) {
        int ticks = Math.max(1, ticks(now) & TICKS_KEPT);
        STATE.updateAndGet(this, before -> (ticks << 1) | (before & REFRESHING));
    }

    /** Whether it did not, within that time. */
    boolean hasFailed(long now, long nanos) {
        int failedAt = state >>> 1;
        return failedAt != 0 && ((ticks(now) - failedAt) & TICKS_KEPT) < ticks(nanos);
    }

    int weight() {
        AccessToken token = stored.token();
        return 1
                + (token.scopes().size()
                                + token.resources().size()
                                + token.allowedNetworks().size())
                        / 8;
    }
}
