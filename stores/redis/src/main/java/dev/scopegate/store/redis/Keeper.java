package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connections: one daemon thread that tries twice a second whether changes are heard, and when something is lost
 * connects again, quickly at first. No request ever waits for that.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long BEAT_MILLIS = 500;
    private static final Duration BEAT_PATIENCE = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 50;
    private static final int MOST_DOUBLINGS = 4;

    private final Servers servers;
    private final Keys keys;
    private final Feed feed;
    private final Duration patience;
    private final List<Line> lines = new ArrayList<>();
    private final Semaphore alarm = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "scopegate-redis-keeper");
    private @Nullable Ear ear;

    Keeper(Servers servers, Keys keys, Feed feed, Duration timeout) {
        this.servers = servers;
        this.keys = keys;
        this.feed = feed;
        this.patience = timeout.compareTo(BEAT_PATIENCE) < 0 ? timeout : BEAT_PATIENCE;
        thread.setDaemon(true);
    }

    /** Opens a line that is kept from now on; before {@link #start}. */
    Line open(Duration timeout) throws Unavailable {
        Line line = new Line(servers, timeout, alarm::release);
        lines.add(line);
        return line;
    }

    /** Returns when nothing can be missed any more. */
    void start() throws Unavailable {
        keep();
        thread.start();
    }

    private void run() {
        try {
            for (int failures = 0; pause(failures); ) failures = tryToKeep() ? 0 : failures + 1;
        } catch (InterruptedException e) {
            if (end.getCount() > 0) LOG.warn("connections to Redis are kept no more: the thread was interrupted");
        }
    }

    /** False once this is closed. */
    private boolean pause(int failures) throws InterruptedException {
        if (failures == 0) {
            boolean unused = alarm.tryAcquire(BEAT_MILLIS, TimeUnit.MILLISECONDS);
            return end.getCount() > 0;
        }
        long millis = RETRY_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS);
        return !end.await(millis, TimeUnit.MILLISECONDS);
    }

    private boolean tryToKeep() {
        try {
            keep();
            return true;
        } catch (Unavailable | RuntimeException | Error e) {
            if (end.getCount() > 0)
                feed.isDeaf(e instanceof Unavailable ? String.valueOf(e.getMessage()) : e.toString());
            LOG.debug("Redis is not kept yet", e);
            return false;
        }
    }

    private void keep() throws Unavailable {
        alarm.drainPermits();
        boolean fresh = false;
        for (Line line : lines) fresh |= line.mend();
        Ear present = ear;
        if (present != null && (fresh || !present.isOpen())) {
            feed.isDeaf(fresh ? "the connection to Redis was lost" : "the connection that hears of them was lost");
            present.close();
            present = null;
        }
        if (present == null) present = Ear.open(servers, keys, patience, feed::heard, alarm::release);
        ear = present;
        try {
            present.hear(lines.get(0));
        } catch (Unavailable e) {
            present.close(); // perhaps it is the line's fault; a new one is as quick to have as a reason
            throw e;
        }
        feed.hears();
    }

    /** Ends the thread, which would connect again; what it opened is closed with the servers. */
    @Override
    public void close() {
        end.countDown();
        thread.interrupt();
        try {
            thread.join(BEAT_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
