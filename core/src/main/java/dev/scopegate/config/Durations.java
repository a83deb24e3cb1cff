package dev.scopegate.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Time spans as people write them. */
final class Durations {
    private static final String[] UNITS = {"ms", "s", "m", "h", "d"};
    private static final long[] MILLIS = {1, 1_000, 60_000, 3_600_000, 86_400_000};

    private Durations() {}

    static Duration parse(String text) {
        try {
            if (text.startsWith("P")) return Duration.parse(text);
            if (text.equals("0")) return Duration.ZERO;
            for (int i = 0; i < UNITS.length; i++) {
                if (!text.endsWith(UNITS[i])) continue;
                String number = text.substring(0, text.length() - UNITS[i].length());
                return Duration.ofMillis(Math.multiplyExact(Long.parseLong(number), MILLIS[i]));
            }
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("is no time span such as 60s or 5m", e);
        }
        throw new IllegalArgumentException("is no time span such as 60s or 5m");
    }
}
