package dev.scopegate.it.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that another process does: looks often, and not for ever. */
public final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /** Returns as soon as the condition holds; fails with the sentence when it still does not at the deadline. */
    public static void until(String what, Duration atMost, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) throw new AssertionError("after " + atMost + " still not: " + what);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
