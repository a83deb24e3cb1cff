package dev.scopegate.access;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events behind: those who tell of them wait for nothing, a thread of its own takes them to the log in batches, the rest
 * when it is closed. What the log does not take is tried again; when too many wait, the newest are lost, and counted. Refusals of
 * nobody known and sign-ins that fail, which anybody can cause as often as they like, are lost first: {@value #STRANGERS} of them
 * may come at once, and {@value #STRANGERS_PER_SECOND} a second after that. Safe for any number of threads.
 */
final class AuditTrail implements AuditListener, AutoCloseable {
    /** How many events wait at most. */
    static final int CAPACITY = 10_000;

    static final int STRANGERS = 5_000;
    private static final int STRANGERS_PER_SECOND = 100;
    private static final int BATCH = 500;
    private static final long ROUND_MILLIS = 1_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PATIENCE_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private final AuditLog log;
    private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicInteger strangers = new AtomicInteger(STRANGERS);
    private final LongAdder lost = new LongAdder();
    private final Thread writer = new Thread(this::run, "scopegate-audit");
    private final Object pause = new Object();
    private volatile boolean ending;
    private long told;
    private long lastTold = System.nanoTime() - TELL_NANOS;
    private boolean away;
    private long lastRefill = System.nanoTime();

    AuditTrail(AuditLog log) {
        this.log = log;
        writer.setDaemon(true);
    }

    @Override
    public void on(AuditEvent event) {
        if (ending || !mayWait(event) || !waiting.offer(event)) lost.increment();
    }

    private boolean mayWait(AuditEvent event) {
        if (event.outcome() == AuditOutcome.SUCCESS) return true;
        // whoever fails to sign in is a stranger, whose name they type
        if (event.actor() != null && event.type() != AuditType.LOGIN) return true;
        return strangers.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** How many events the log has not got and will not get. */
    long lost() {
        return lost.sum();
    }

    /** Begins to write. */
    void start() {
        writer.start();
    }

    private void run() {
        List<AuditEvent> batch = new ArrayList<>(BATCH);
        try {
            while (!ending || !waiting.isEmpty()) {
                AuditEvent first = waiting.poll(ROUND_MILLIS / 5, TimeUnit.MILLISECONDS);
                if (first != null) batch.add(first);
                waiting.drainTo(batch, BATCH - batch.size());
                if (!batch.isEmpty() && !write(batch)) break;
                batch.clear();
                refill();
                tell(TELL_NANOS);
            }
        } catch (InterruptedException e) {
            LOG.warn("no more events are written: the thread was interrupted");
        }
        lost.add(batch.size() + waiting.size());
        tell(0);
    }

    /** Again and again, until the log has them; false when there is no time left. */
    private boolean write(List<AuditEvent> batch) throws InterruptedException {
        while (true) {
            boolean last = ending;
            try {
                log.append(List.copyOf(batch));
                if (away) LOG.info("the audit log takes events again");
                away = false;
                return true;
            } catch (Unavailable e) {
                if (!away) LOG.warn("events wait, the audit log does not take them: {}", e.getMessage());
                away = true;
            } catch (RuntimeException | Error e) {
                LOG.error("events are lost, the audit log cannot take them", e);
                lost.add(batch.size());
                return true;
            }
            if (last) return false;
            tell(TELL_NANOS);
            rest();
        }
    }

    private void rest() throws InterruptedException {
        synchronized (pause) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
            for (long left = ROUND_MILLIS; !ending && left > 0; ) {
                pause.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        }
    }

    /** While the log is away this is not reached: what waits is then no more than may wait. */
    private void refill() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastRefill);
        if (seconds == 0) return;
        lastRefill += TimeUnit.SECONDS.toNanos(seconds);
        long more = Math.min(STRANGERS, seconds * STRANGERS_PER_SECOND);
        strangers.updateAndGet(left -> (int) Math.min(STRANGERS, left + more));
    }

    /** Says what was lost since that was last said, unless that is not as long ago. */
    private void tell(long notWithinNanos) {
        long now = lost.sum();
        if (now == told || System.nanoTime() - lastTold < notWithinNanos) return;
        LOG.warn("events lost: {}, since the start: {}", now - told, now);
        told = now;
        lastTold = System.nanoTime();
    }

    /** Writes the rest. The thread is not interrupted: H2 closes its file under one that is. */
    @Override
    public void close() {
        ending = true;
        synchronized (pause) {
            pause.notifyAll();
        }
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
