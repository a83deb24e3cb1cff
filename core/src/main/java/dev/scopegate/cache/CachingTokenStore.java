package dev.scopegate.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.ForwardingTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that remembers what another one answered. Keyed by id, or by SHA-256 of a token that is not ours; an entry lives
 * for the TTL, and a token that expires before is refused by its own facts. However many requests wait, one look-up per token is under way. Entries in use
 * are read again in the background before their time is over. Unknown tokens are remembered apart, so that a flood of
 * them pushes nothing out. A change that the store tells of removes what it concerns at once, and no look-up that began
 * before it can put that back. Safe for any number of threads.
 */
public final class CachingTokenStore extends ForwardingTokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(CachingTokenStore.class);
    private static final long RECHECK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_STEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final Cache<String, CachedToken> known;
    private final Cache<String, Boolean> unknown;
    private final SharedScopes scopes = new SharedScopes();
    private final LookUps lookUps;
    private final Ticker ticker;
    private final Executor refresher;
    private final long ttlNanos;
    private final long staleNanos;
    private final long stepNanos;
    /**
     * The time by which the cache of known tokens forgets, taken over in steps from that by which an entry's age is measured:
     * to read it once more for each request is a good part of what a request costs.
     */
    private volatile long step;

    /**
     * Puts a cache before a store and listens to the store's changes.
     *
     * @param store who is asked
     * @param limits how much and how long is remembered
     * @param ticker measures the TTL, untouched by jumps of the clock
     * @param refresher runs background look-ups; may refuse them
     */
    public CachingTokenStore(TokenStore store, CacheLimits limits, Ticker ticker, Executor refresher) {
        this(store, limits, ticker, refresher, new LookUps(limits.lookUpTimeout()));
    }

    CachingTokenStore(TokenStore store, CacheLimits limits, Ticker ticker, Executor refresher, LookUps lookUps) {
        super(store);
        this.ticker = ticker;
        this.refresher = refresher;
        this.ttlNanos = limits.ttl().toNanos();
        this.staleNanos = limits.staleIfUnavailable().toNanos();
        this.stepNanos = Math.min(LONGEST_STEP_NANOS, ttlNanos >> 6);
        this.step = ticker.read();
        this.known = Caffeine.newBuilder()
                .ticker(() -> step)
                .executor(Runnable::run)
                .maximumWeight(limits.weight())
                .weigher((String key, CachedToken entry) -> entry.weight())
                .expireAfterWrite(Duration.ofNanos(ttlNanos + staleNanos + stepNanos)) // to give back room; ages decide
                .build();
        this.unknown = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumSize(limits.unknownSize())
                .expireAfterWrite(limits.unknownTtl())
                .build();
        this.lookUps = lookUps;
        store.changes().subscribe(this::forget);
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        boolean opaque = presented.isOpaque();
        if (opaque && !store.claims(presented)) return null;
        String key = presented.lookUpKey();
        long asOf = step;
        CachedToken entry = known.getIfPresent(key);
        if (entry == null) {
            // what is remembered by a hash of the whole token was claimed then: reading a JWT for that again costs more
            if (!opaque && !store.claims(presented)) return null;
            return unknown.getIfPresent(key) != null ? null : firstLookUp(key, presented);
        }
        long now = ticker.read();
        if (now - asOf >= stepNanos) {
            step = now;
            entry = known.getIfPresent(key);
            if (entry == null) return firstLookUp(key, presented);
            now = ticker.read(); // it may have been stored since: an age below zero would be one of days
        }
        long age = entry.age(now);
        if (age >= ttlNanos) return lookUpOrStale(key, presented, entry, now);
        if (!entry.stored().knows(presented) && entry.mayRecheck(now, RECHECK_NANOS)) {
            return lookUp(key, presented); // another node may have rotated the secret
        }
        if (age > ttlNanos - (ttlNanos >> 2) && entry.beginRefresh()) refresh(key, presented.withoutSecret());
        return entry.stored();
    }

    /** A look-up for a token that was not remembered a moment ago; by now it may be, by one that has just ended. */
    private @Nullable StoredToken firstLookUp(String key, BearerToken presented) throws Unavailable {
        return lookUps.share(key, () -> remembered(key), () -> store.find(presented), found -> remember(key, found));
    }

    private LookUps.@Nullable Answer remembered(String key) {
        CachedToken entry = known.getIfPresent(key);
        if (entry != null && entry.age(ticker.read()) < ttlNanos) return new LookUps.Answer(entry.stored());
        return unknown.getIfPresent(key) != null ? new LookUps.Answer(null) : null;
    }

    /** One look-up of one token, however many threads ask for it at once. */
    private @Nullable StoredToken lookUp(String key, BearerToken presented) throws Unavailable {
        return lookUps.share(key, () -> null, () -> store.find(presented), found -> remember(key, found));
    }

    /** A live look-up of its own: one that began earlier could have read an older state. */
    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        if (!store.claims(presented)) return null;
        String key = presented.lookUpKey();
        return lookUps.alone(key, () -> store.findLive(presented), found -> remember(key, found));
    }

    private @Nullable StoredToken lookUpOrStale(String key, BearerToken presented, CachedToken entry, long now)
            throws Unavailable {
        // a store that failed a moment ago is not waited for by every request
        if (mayServeStale(entry, now) && entry.hasFailed(now, RECHECK_NANOS)) return entry.stored();
        try {
            return lookUp(key, presented);
        } catch (Unavailable e) {
            long failed = ticker.read();
            if (!mayServeStale(entry, failed) || known.getIfPresent(key) != entry) throw e;
            entry.failed(failed);
            return entry.stored();
        }
    }

    private boolean mayServeStale(CachedToken entry, long now) {
        return staleNanos > 0 && entry.age(now) < ttlNanos + staleNanos;
    }

    private void refresh(String key, BearerToken presented) {
        try {
            refresher.execute(() -> {
                try {
                    lookUp(key, presented);
                } catch (Unavailable e) {
                    LOG.warn("token {} could not be read again: {}", presented.id(), e.getMessage());
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOG.debug("no room to read token {} again before its time is over", presented.id());
        }
    }

    /** Called by {@link LookUps} only while no change has overtaken the look-up. */
    private void remember(String key, @Nullable StoredToken found) {
        if (found == null) {
            known.invalidate(key);
            unknown.put(key, true);
        } else {
            unknown.invalidate(key);
            long now = ticker.read();
            step = now;
            CachedToken before = known.getIfPresent(key);
            StoredToken kept = before != null && before.stored().equals(found) ? before.stored() : scopes.shared(found);
            String id = kept.token().id();
            known.put(
                    id.equals(key) ? id : key, // one text for both
                    new CachedToken(
                            kept, now, before == null ? now - RECHECK_NANOS : before.recheckedAt(now, RECHECK_NANOS)));
        }
    }

    /**
     * Forgets what a change concerns. When this returns, no request that begins later is answered from before the change.
     */
    public void forget(TokenChange change) {
        if (change instanceof TokenChange.OfToken one) {
            lookUps.overtake(one.id());
            known.invalidate(one.id());
            unknown.invalidate(one.id());
            lookUps.overtake(one.id()); // one that began in between may have taken what was remembered then
            return;
        }
        lookUps.overtakeAll();
        unknown.invalidateAll();
        if (change instanceof TokenChange.OfEverything) known.invalidateAll();
        else
            known.asMap()
                    .values()
                    .removeIf(entry -> change.concerns(entry.stored().token()));
        lookUps.overtakeAll(); // as above
    }

    /** What the store was asked so far. */
    public LookUpStats lookUps() {
        return lookUps.stats();
    }

    /** How many known tokens are remembered; an estimate. */
    public long size() {
        step = ticker.read();
        known.cleanUp();
        return known.estimatedSize();
    }

    /** How many unknown tokens are remembered; an estimate. */
    public long unknownSize() {
        unknown.cleanUp();
        return unknown.estimatedSize();
    }

    @Override
    public void close() {
        known.invalidateAll();
        unknown.invalidateAll();
        super.close();
    }
}
