package dev.scopegate.access;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done from time to time, by one node of the service at a time: remove what is kept no longer, and tell which
 * tokens expire soon. A node that dies meanwhile keeps the others from it for {@value #LOCK_MINUTES} minutes. Safe for any number
 * of threads.
 */
final class Upkeep implements AutoCloseable {
    static final String LOCK = "upkeep";

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int LOCK_MINUTES = 5;
    private static final Duration HELD = Duration.ofMinutes(LOCK_MINUTES);
    private static final int BATCH = 1_000;
    private static final long FIRST_MILLIS = 60_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final NodeLocks locks;
    private final @Nullable TokenRepository tokens;
    private final @Nullable AuditLog log;
    private final @Nullable ExpiryWarnings warnings;
    private final Keep keep;
    private final Audit audit;
    private final Clock clock;
    private final String node = UUID.randomUUID().toString();
    private volatile boolean ending;
    private @Nullable Schedule schedule;

    /**
     * How long what is over is kept; zero: for ever.
     *
     * @param deadTokens tokens that are revoked or have expired
     * @param events what the log has
     */
    record Keep(Duration deadTokens, Duration events) {}

    Upkeep(
            NodeLocks locks,
            @Nullable TokenRepository tokens,
            @Nullable AuditLog log,
            @Nullable ExpiryWarnings warnings,
            Keep keep,
            Audit audit,
            Clock clock) {
        this.locks = locks;
        this.tokens = tokens;
        this.log = log;
        this.warnings = warnings;
        this.keep = keep;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins to do it in the background, for the first time soon; zero: never. */
    void every(Duration interval, Background background) {
        if (interval.isZero() || (tokens == null && log == null)) return;
        long millis = interval.toMillis();
        schedule = background.every(Math.min(millis, FIRST_MILLIS), millis, "scopegate-upkeep", this::run);
    }

    /** Does it once, unless another node is at it; never throws, for that would end the doing. */
    void run() {
        try {
            if (!mayGoOn()) return;
            try {
                purgeTokens();
                purgeEvents();
                if (warnings != null) warnings.tell(this::mayGoOn);
            } finally {
                locks.giveBack(LOCK, node);
            }
        } catch (Unavailable e) {
            LOG.warn("what is kept no longer cannot be removed now: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what is kept no longer cannot be removed", e);
        }
    }

    /** Asked before each batch, so that no other node begins in the middle. */
    private boolean mayGoOn() throws Unavailable {
        return !ending && locks.take(LOCK, node, HELD);
    }

    private void purgeTokens() throws Unavailable {
        TokenRepository from = tokens;
        if (from == null || keep.deadTokens().isZero()) return;
        Instant before = clock.instant().minus(keep.deadTokens());
        long removed = 0;
        try {
            for (int last = BATCH; last == BATCH && mayGoOn(); removed += last) last = from.purge(before, BATCH);
        } finally {
            if (removed > 0) {
                LOG.info("tokens removed that had been dead since before {}: {}", before, removed);
                audit.purged(removed);
            }
        }
    }

    private void purgeEvents() throws Unavailable {
        AuditLog from = log;
        if (from == null || keep.events().isZero()) return;
        Instant before = clock.instant().minus(keep.events());
        long removed = 0;
        for (int last = BATCH; last == BATCH && mayGoOn(); removed += last) last = from.purge(before, BATCH);
        if (removed > 0) LOG.info("events removed from before {}: {}", before, removed);
    }

    /** Waits for the batch under way; the thread is not interrupted, for H2 closes its file under one that is. */
    @Override
    public void close() {
        ending = true;
        if (schedule != null && !schedule.close(PATIENCE_MILLIS)) LOG.warn("upkeep has not ended yet");
    }
}
