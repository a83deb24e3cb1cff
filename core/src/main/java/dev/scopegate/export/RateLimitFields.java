package dev.scopegate.export;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that tell a client its limits (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param policy the value of {@code RateLimit-Policy}: every limit; empty for none
 * @param state the value of {@code RateLimit}: every limit per window; empty for none
 */
public record RateLimitFields(String policy, String state) {
    /** The largest integer that a structured field can hold (RFC 9651 §3.3.1). */
    private static final long LARGEST = 999_999_999_999_999L;

    static RateLimitFields of(ExportPolicy policy, List<ExportStanding> standings, String suffix) {
        StringJoiner limits = new StringJoiner(", ");
        StringJoiner states = new StringJoiner(", ");
        for (ExportLimit limit : policy.limits()) {
            ExportStanding standing = standing(limit, standings);
            String name = '"' + limit.unit().wireName() + '-' + limit.per().wireName();
            if (standing != null) name += '-' + limit.subject().wireName();
            name += suffix + '"';
            limits.add(name + ";q=" + number(limit.max()) + ";qu=\""
                    + limit.unit().quotaUnit() + '"' + window(limit, standing));
            if (standing == null) continue;
            long left = Math.max(0, limit.max() - standing.used() - standing.leased());
            String until = standing.secondsLeft() == 0 ? "" : ";t=" + standing.secondsLeft();
            states.add(name + ";r=" + number(left) + until);
        }
        return new RateLimitFields(limits.toString(), states.toString());
    }

    /** These and others. */
    RateLimitFields and(RateLimitFields others) {
        return new RateLimitFields(joined(policy, others.policy), joined(state, others.state));
    }

    private static String joined(String some, String more) {
        return some.isEmpty() || more.isEmpty() ? some + more : some + ", " + more;
    }

    private static @Nullable ExportStanding standing(ExportLimit limit, List<ExportStanding> standings) {
        for (ExportStanding standing : standings) {
            ExportAccount account = standing.claim().account();
            boolean same = account.unit() == limit.unit()
                    && account.per() == limit.per()
                    && account.subject() == limit.subject();
            if (same) return standing;
        }
        return null;
    }

    private static String window(ExportLimit limit, @Nullable ExportStanding standing) {
        if (standing == null || standing.resetsAt() == null) return "";
        return switch (limit.per()) {
            case HOUR -> ";w=" + Duration.ofHours(1).toSeconds();
            case DAY -> ";w=" + Duration.ofDays(1).toSeconds();
            case MONTH ->
                ";w=" + month(Objects.requireNonNull(standing.resetsAt())).toSeconds();
            case RESPONSE, TOTAL -> "";
        };
    }

    private static Duration month(Instant end) {
        Instant start = end.atOffset(ZoneOffset.UTC).minusMonths(1).toInstant();
        return Duration.between(start, end);
    }

    private static long number(long value) {
        return Math.min(value, LARGEST);
    }
}
