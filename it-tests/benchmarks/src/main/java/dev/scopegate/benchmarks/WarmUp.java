package dev.scopegate.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Runs something until the compiler has nothing left to do for it, which no fixed time tells. */
public final class WarmUp {
    private WarmUp() {}

    /**
     * Repeats the work.
     *
     * @param silence for how long no compilation may have ended
     * @param patience after which time it stops anyway
     * @return whether the compiler fell silent
     */
    public static boolean untilTheCompilerIsSilent(Runnable work, Duration silence, Duration patience) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long start = System.nanoTime();
        long changed = start;
        long compiled = compiler.getTotalCompilationTime();
        for (long now = start; now - start < patience.toNanos(); now = System.nanoTime()) {
            work.run();
            long total = compiler.getTotalCompilationTime();
            if (total != compiled) changed = now;
            compiled = total;
            if (now - changed > silence.toNanos()) return true;
        }
        return false;
    }
}
