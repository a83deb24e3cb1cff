package dev.scopegate.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks on threads of their own that all start together. Stateless. */
public final class AtOnce {
    private static final int PATIENCE_SECONDS = 120;

    private AtOnce() {}

    /** What one thread does. */
    @FunctionalInterface
    public interface Task<T> {
        T run(int thread) throws Exception;
    }

    /** Runs the task on each thread and returns what they returned; the first exception of any is thrown. */
    public static <T> List<T> run(int threads, Task<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return task.run(thread);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(tasks, PATIENCE_SECONDS, TimeUnit.SECONDS)) results.add(done.get());
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
