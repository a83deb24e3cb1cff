package dev.scopegate.token;

import java.time.Instant;
import java.util.Locale;

/** Whether a token can be used now. */
public enum TokenStatus {
    ACTIVE,
    EXPIRED,
    REVOKED;

    /** Whether the moment (milliseconds since 1970) is at or after the end; any Instant will do. */
    public static boolean isOver(Instant end, long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1_000L);
        if (end.getEpochSecond() != seconds) return end.getEpochSecond() < seconds;
        return end.getNano() / 1_000_000 <= Math.floorMod(epochMillis, 1_000L);
    }

    /** The name used in JSON, such as {@code active}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
