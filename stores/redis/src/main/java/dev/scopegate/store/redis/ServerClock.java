package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clock of Redis, as it was last heard. This node only guesses by it which windows to ask for. Safe for any number of threads. */
final class ServerClock {
    private static final long NANOS = 1_000;

    private final Line line;

    /** What it said at zero of {@link System#nanoTime}; null until it was asked. */
    private volatile @Nullable Instant zero;

    ServerClock(Line line) {
        this.line = line;
    }

    /** About now. */
    Instant guess() throws Unavailable {
        Instant known = zero;
        return known == null ? heard(line.run(commands -> commands.time())) : known.plusNanos(System.nanoTime());
    }

    /** Learns from an answer. */
    Instant heard(List<?> answer) {
        Instant now = time(answer);
        zero = now.minusNanos(System.nanoTime());
        return now;
    }

    /** The two texts of TIME, with which an answer begins. */
    static Instant time(List<?> answer) {
        return Instant.ofEpochSecond(number(answer, 0), number(answer, 1) * NANOS);
    }

    /** A number that stands in an answer as text. */
    static long number(List<?> answer, int index) {
        return Long.parseLong(String.valueOf(answer.get(index)));
    }
}
