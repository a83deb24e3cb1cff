package dev.scopegate.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fixed window of time, aligned to UTC.
 *
 * @param start its first instant; the epoch for ever
 * @param end the first instant after it; null for ever
 */
public record ExportWindow(Instant start, @Nullable Instant end) {
    /** The window of its kind that an instant lies in. */
    public static ExportWindow at(ExportLimit.Per per, Instant now) {
        return switch (per) {
            case HOUR -> of(now.truncatedTo(ChronoUnit.HOURS), Duration.ofHours(1));
            case DAY -> of(now.truncatedTo(ChronoUnit.DAYS), Duration.ofDays(1));
            case MONTH -> month(now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1));
            case TOTAL -> new ExportWindow(Instant.EPOCH, null);
            case RESPONSE -> throw new IllegalArgumentException("a response is no window");
        };
    }

    private static ExportWindow of(Instant start, Duration length) {
        return new ExportWindow(start, start.plus(length));
    }

    private static ExportWindow month(LocalDate first) {
        return new ExportWindow(
                first.atStartOfDay().toInstant(ZoneOffset.UTC),
                first.plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
