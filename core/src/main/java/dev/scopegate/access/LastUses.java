package dev.scopegate.access;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenUse;
import dev.scopegate.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When and from where tokens were let in, written behind: a token once per interval at most, all of them in batches in
 * the background, the rest when it is closed. What the store does not take is tried again. Safe for any number of threads.
 */
final class LastUses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);
    private static final int MOST_TOKENS = 500_000;
    private static final int BATCH = 1_000;
    private static final int BATCHES_PER_INTERVAL = 6;

    private final @Nullable TokenRepository repository;
    private final Audit audit;
    private final Background background;
    private final long intervalMillis;
    private final Duration patience;
    private final ConcurrentHashMap<String, Use> uses = new ConcurrentHashMap<>();
    private final @Nullable Schedule writer;

    /** A use as it was noted; of a token that the repository does not keep, nothing is written. */
    private static final class Use {
        private final long at;
        private final String ip;
        private volatile boolean written;

        Use(long at, String ip, boolean kept) {
            this.at = at;
            this.ip = ip;
            this.written = !kept;
        }
    }

    /**
     * Begins to write.
     *
     * @param repository where tokens are kept; null: uses are not kept
     * @param interval how seldom a token's use is written; zero: never
     * @param audit is told of each use that is noted
     * @param background where it writes
     */
    LastUses(@Nullable TokenRepository repository, Duration interval, Audit audit, Background background) {
        this(repository, interval, audit, background, Duration.ofSeconds(10));
    }

    /** {@code patience}: how long its end waits for what is being written. */
    LastUses(
            @Nullable TokenRepository repository,
            Duration interval,
            Audit audit,
            Background background,
            Duration patience) {
        this.patience = patience;
        this.repository = interval.isZero() ? null : repository;
        this.intervalMillis = interval.toMillis();
        this.audit = audit;
        this.background = background;
        if (this.repository == null) {
            writer = null;
            return;
        }
        long every = Math.max(1, intervalMillis / BATCHES_PER_INTERVAL);
        writer = background.every(every, every, "scopegate-last-used", this::write);
    }

    /** A token was let in. On the request path: mostly one look into a map. */
    void note(AccessToken token, long now, Supplier<ClientAddress> from) {
        if (repository == null) return;
        Use last = uses.get(token.id());
        if (last != null && Math.abs(now - last.at) < intervalMillis) return;
        if (last == null && uses.size() >= MOST_TOKENS) return;
        String ip = from.get().toString();
        uses.put(token.id(), new Use(now, ip, token.kind().standardPrefix() != null));
        audit.used(token, now, ip);
        background.lookAfterSchedules();
    }

    /** Writes what is not written yet; never throws, for that would end the writing. */
    void write() {
        TokenRepository to = repository;
        if (to == null) return;
        try {
            List<TokenUse> batch = new ArrayList<>();
            List<Use> waiting = new ArrayList<>();
            for (var entry : uses.entrySet()) {
                Use use = entry.getValue();
                if (use.written) continue;
                batch.add(new TokenUse(entry.getKey(), Instant.ofEpochMilli(use.at), use.ip));
                waiting.add(use);
                if (batch.size() == BATCH) write(to, batch, waiting);
            }
            write(to, batch, waiting);
            forgetOld();
        } catch (Unavailable e) {
            LOG.warn("when tokens were last used cannot be written now: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("when tokens were last used cannot be written", e);
        }
    }

    private static void write(TokenRepository to, List<TokenUse> batch, List<Use> waiting) throws Unavailable {
        if (batch.isEmpty()) return;
        to.used(List.copyOf(batch));
        waiting.forEach(use -> use.written = true);
        batch.clear();
        waiting.clear();
    }

    /** Uses that say nothing about whether the next one is to be written. */
    private void forgetOld() {
        long newest = 0;
        for (Use use : uses.values()) newest = Math.max(newest, use.at);
        long end = newest - intervalMillis;
        uses.values().removeIf(use -> use.written && use.at <= end);
    }

    /**
     * Writes the rest, for a few seconds at most. A writer that takes longer ends by itself: H2 closes its file under a thread
     * that is interrupted.
     */
    @Override
    public void close() {
        if (writer == null) return;
        long end = System.nanoTime() + patience.toNanos();
        if (writer.close(patience.toMillis()) && wroteTheRest(end)) return;
        LOG.warn("when tokens were last used is not written yet, and perhaps never");
    }

    /** On a thread that is left alone where it takes too long: H2 closes its file under one that is interrupted. */
    private boolean wroteTheRest(long end) {
        Thread last = new Thread(this::write, "scopegate-last-used");
        last.setDaemon(true);
        last.start();
        try {
            last.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            return !last.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
