package dev.scopegate.export;

import java.time.Duration;
import java.util.Map;

/**
 * What the export limits of an application have seen since it started: numbers that only grow.
 *
 * @param ended what ended responses were sent, by how they ended: {@code success}, {@code refused} (cut short, too), {@code
 *     observed}, {@code unavailable}; every one is there from the start
 * @param refusals how many were refused, before they began or later, by the refusal's code
 * @param leases what the ledger was asked for
 * @param settlements what the ledger was told of when no more was asked for
 */
public record ExportStats(Map<String, Sent> ended, Map<String, Long> refusals, Calls leases, Calls settlements) {
    /** Before anything was exported. */
    public static final ExportStats NONE = new ExportStats(Map.of(), Map.of(), Calls.NONE, Calls.NONE);

    public ExportStats {
        ended = Map.copyOf(ended);
        refusals = Map.copyOf(refusals);
    }

    /** How many responses, with what of their resources left. */
    public record Sent(long responses, long bytes, long records) {
        public static final Sent NONE = new Sent(0, 0, 0);
    }

    /**
     * Calls of the ledger.
     *
     * @param count how many
     * @param failures how many of them it did not answer
     * @param time how long all of them took together
     */
    public record Calls(long count, long failures, Duration time) {
        public static final Calls NONE = new Calls(0, 0, Duration.ZERO);
    }
}
