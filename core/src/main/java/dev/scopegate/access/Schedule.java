package dev.scopegate.access;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task that is run again and again. When it is closed, it runs no more. A container may lose it, by failing where it was to
 * run it; so whoever comes by looks after it.
 */
final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** How late a run may be before it counts as lost; one that was only late is not run twice at a time. */
    private static final long LATE_NANOS = Duration.ofSeconds(5).toNanos();

    private final ScheduledExecutorService service;
    private final boolean ours;
    private final long millis;
    private final Runnable task;
    private final ReentrantLock running = new ReentrantLock();
    private volatile ScheduledFuture<?> future;
    /** When it is to run next, by {@link System#nanoTime}. */
    private volatile long due;

    private volatile boolean closed;

    Schedule(ScheduledExecutorService service, boolean ours, long firstMillis, long millis, Runnable task) {
        this.service = service;
        this.ours = ours;
        this.millis = millis;
        this.task = task;
        this.due = in(firstMillis);
        this.future = service.scheduleWithFixedDelay(this::run, firstMillis, millis, TimeUnit.MILLISECONDS);
    }

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void run() {
        running.lock();
        try {
            if (!closed) task.run();
        } finally {
            due = in(millis);
            running.unlock();
        }
    }

    /** Begins anew where nothing has run for too long; never throws, for a request may be what comes by. */
    void restartIfLost() {
        if (ours || closed || !isLate() || !running.tryLock()) return;
        try {
            if (closed || !isLate()) return;
            future.cancel(false);
            due = in(0);
            future = service.scheduleWithFixedDelay(this::run, 0, millis, TimeUnit.MILLISECONDS);
            if (closed) future.cancel(false); // its end may have seen the one before
            LOG.warn("a task that the container has lost is begun anew");
        } catch (RuntimeException e) { // not only a rejection: containers have their own, too
            LOG.warn("a task that the container has lost cannot be begun anew now: {}", e.toString());
        } finally {
            running.unlock();
        }
    }

    private boolean isLate() {
        return System.nanoTime() - due > LATE_NANOS;
    }

    /** Ends it; a run that goes on is waited for, that long, and not interrupted. Whether nothing runs any more. */
    boolean close(long atMostMillis) {
        closed = true;
        future.cancel(false);
        if (ours) service.shutdown();
        try {
            if (!running.tryLock(atMostMillis, TimeUnit.MILLISECONDS)) return false;
            running.unlock();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
