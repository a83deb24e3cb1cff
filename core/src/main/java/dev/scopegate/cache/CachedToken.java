package dev.scopegate.cache;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** A cache entry: what the store answered and when, and who may ask it again. */
final class CachedToken {
    private static final AtomicIntegerFieldUpdater<CachedToken> REFRESHING =
            AtomicIntegerFieldUpdater.newUpdater(CachedToken.class, "refreshing");
    private static final AtomicLongFieldUpdater<CachedToken> RECHECKED =
            AtomicLongFieldUpdater.newUpdater(CachedToken.class, "recheckedAt");

    private final StoredToken stored;
    private final long loadedAt;
    private volatile int refreshing;
    private volatile long recheckedAt;
    private volatile boolean failed;
    private volatile long failedAt;

    /** An entry read at {@code loadedAt}; {@code recheckedAt} is handed down from the entry it replaces. */
    CachedToken(StoredToken stored, long loadedAt, long recheckedAt) {
        this.stored = stored;
        this.loadedAt = loadedAt;
        this.recheckedAt = recheckedAt;
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
        return refreshing == 0 && REFRESHING.compareAndSet(this, 0, 1);
    }

    /** When a wrong secret last made the store be asked again. */
    long recheckedAt() {
        return recheckedAt;
    }

    /** True at most once in that time, so that wrong secrets for a known id cannot drive the store. */
    boolean mayRecheck(long now, long everyNanos) {
        long last = recheckedAt;
        return now - last >= everyNanos && RECHECKED.compareAndSet(this, last, now);
    }

    /** The store did not answer for this token. */
    void failed(long now) {
        failedAt = now;
        failed = true;
    }

    boolean hasFailedSince(long then) {
        return failed && failedAt - then > 0;
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
