package dev.scopegate.cache;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A cache entry: what the store answered and when, and who may ask it again. A cache holds a million of them, so that times
 * are kept in ticks, each in half the room of nanoseconds.
 */
final class CachedToken {
    private static final AtomicIntegerFieldUpdater<CachedToken> STATE =
            AtomicIntegerFieldUpdater.newUpdater(CachedToken.class, "state");
    /** 66 microseconds: fine enough for a TTL, and an {@code int} of them is longer than an entry may live. */
    private static final int AGE_TICK_BITS = 16;

    private static final long AGE_TICK_REST = (1L << AGE_TICK_BITS) - 1;
    /** About a millisecond: what says when the store was asked need not be finer. */
    private static final int ASKED_TICK_BITS = 20;

    private static final int REFRESHING = 1;
    private static final int FAILED = 2;
    private static final int FLAG_BITS = 2;

    private final StoredToken stored;
    private final int loadedAt;
    /**
     * Whether a refresh has begun, in the lowest bit; in the next whether it was in vain that the store was last asked
     * about this entry, which is too old; above them when it was asked, for that or for a wrong secret, in ticks.
     */
    private volatile int state;

    /** An entry read at {@code loadedAt}; {@code recheckedAt} is handed down from the entry it replaces. */
    CachedToken(StoredToken stored, long loadedAt, long recheckedAt) {
        this.stored = stored;
        this.loadedAt = (int) (loadedAt >> AGE_TICK_BITS);
        this.state = asked(recheckedAt);
    }

    private static int asked(long at) {
        return (int) (at >> ASKED_TICK_BITS) << FLAG_BITS;
    }

    /** How many ticks ago the store was asked; less than none where another thread has a later time. */
    private static int askedAgo(int state, long now) {
        return (asked(now) - (state & ~(REFRESHING | FAILED))) >> FLAG_BITS;
    }

    StoredToken stored() {
        return stored;
    }

    /** For how long the store has not been asked, in nanoseconds of the cache's ticker; a tick more at most, never less. */
    long age(long now) {
        int ticks = (int) (now >> AGE_TICK_BITS) - loadedAt;
        return (Integer.toUnsignedLong(ticks) << AGE_TICK_BITS) + (now & AGE_TICK_REST);
    }

    /** True for one caller only. */
    boolean beginRefresh() {
        int now = state;
        return (now & REFRESHING) == 0 && STATE.compareAndSet(this, now, now | REFRESHING);
    }

    /** When a wrong secret last made the store be asked again; longer ago than {@code nanos} is as good as that. */
    long recheckedAt(long now, long nanos) {
        int last = state;
        int ago = askedAgo(last, now);
        boolean forgotten = (last & FAILED) != 0 || ago < 0 || ago >= nanos >> ASKED_TICK_BITS;
        return now - (forgotten ? nanos : (long) ago << ASKED_TICK_BITS);
    }

    /** True at most once in that time, so that wrong secrets for a known id cannot drive the store. */
    boolean mayRecheck(long now, long everyNanos) {
        while (true) {
            int last = state;
            if (askedAgo(last, now) < everyNanos >> ASKED_TICK_BITS) return false;
            if (STATE.compareAndSet(this, last, asked(now) | (last & REFRESHING))) return true;
        }
    }

    /** The store did not answer for this token. */
    void failed(long now) {
        STATE.updateAndGet(this, before -> asked(now) | FAILED | (before & REFRESHING));
    }

    /** Whether it did not, within that time. */
    boolean hasFailed(long now, long nanos) {
        int last = state;
        return (last & FAILED) != 0 && askedAgo(last, now) < nanos >> ASKED_TICK_BITS;
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
