package dev.scopegate.access;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One task that is run again and again. When it is closed, it runs no more. */
final class Schedule {
    private final ScheduledExecutorService service;
    private final boolean ours;
    private final ReentrantLock running = new ReentrantLock();
    private final ScheduledFuture<?> future;
    private volatile boolean closed;

    Schedule(ScheduledExecutorService service, boolean ours, long firstMillis, long millis, Runnable task) {
        this.service = service;
        this.ours = ours;
        this.future = service.scheduleWithFixedDelay(() -> run(task), firstMillis, millis, TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        running.lock();
        try {
            if (!closed) task.run();
        } finally {
            running.unlock();
        }
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
