package dev.scopegate.access;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where work is done that no request waits for: on threads of our own, which end with it, or on somebody else's, which go on
 * and do nothing of ours any more. Safe for any number of threads.
 */
final class Background implements Executor, AutoCloseable {
    private final @Nullable ScheduledExecutorService given;
    private final @Nullable ThreadPoolExecutor own;
    private final List<Schedule> schedules = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Background(@Nullable ScheduledExecutorService given, @Nullable ThreadPoolExecutor own) {
        this.given = given;
        this.own = own;
    }

    /** On that service, such as a container's, which is not ours to end; null: on threads of our own. */
    static Background on(@Nullable ScheduledExecutorService given) {
        return given == null ? new Background(null, pool()) : new Background(given, null);
    }

    /** Two daemon threads that end when idle; more work than waits in line is refused, and done by a request instead. */
    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                2, 2, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1_000), daemons("scopegate-refresh"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs the task soon, once, or throws {@link RejectedExecutionException}; what still waits at the end is dropped. */
    @Override
    public void execute(Runnable task) {
        Executor executor = given == null ? own : given;
        if (closed || executor == null) throw new RejectedExecutionException("the application has ended");
        lookAfterSchedules();
        executor.execute(() -> {
            if (!closed) task.run();
        });
    }

    /** Runs the task again and again, never twice at a time, until the returned schedule is closed. */
    Schedule every(long firstMillis, long millis, String name, Runnable task) {
        ScheduledExecutorService service =
                given == null ? Executors.newSingleThreadScheduledExecutor(daemons(name)) : given;
        Schedule schedule = new Schedule(service, given == null, firstMillis, millis, task);
        schedules.add(schedule);
        return schedule;
    }

    /** Begins anew what a container has lost. Called where it costs nothing that counts, since nobody else watches. */
    void lookAfterSchedules() {
        for (Schedule each : schedules) each.restartIfLost();
    }

    /** What runs ends by itself, for H2 closes its file under a thread that is interrupted. */
    @Override
    public void close() {
        closed = true;
        if (own == null) return;
        own.shutdown();
        own.getQueue().clear();
    }
}
