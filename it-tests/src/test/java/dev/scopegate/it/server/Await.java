package dev.scopegate.it.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that another process does: looks often, and not for ever. */
public final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition<X extends Exception> {
        boolean holds() throws X;
    }

    /** Returns as soon as the condition holds; fails with the sentence when it still does not at the deadline. */
    public static <X extends Exception> void until(String what, Duration atMost, Condition<X> condition) throws X {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) throw new AssertionError("after " + atMost + " still not: " + what);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
