package dev.scopegate.export;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands in its running window.
 *
 * @param claim the account, and the most it may hold
 * @param used what has been delivered
 * @param leased what open responses have on lease, those of dead nodes included
 * @param resetsAt the end of the window by the ledger's clock; null for ever
 * @param secondsLeft until then, rounded up, at least 1; 0 for ever
 */
public record ExportStanding(
        ExportClaim claim, long used, long leased, @Nullable Instant resetsAt, long secondsLeft) {
    /** How an account stands at an instant within a window. */
    public static ExportStanding of(ExportClaim claim, long used, long leased, ExportWindow window, Instant now) {
        Instant end = window.end();
        long seconds = end == null
                ? 0
                : Math.max(1, Duration.between(now, end).plusNanos(999_999_999).toSeconds());
        return new ExportStanding(claim, used, leased, end, seconds);
    }

    /** What could be leased now. */
    public long available() {
        return Math.max(0, claim.max() - used - leased);
    }
}
