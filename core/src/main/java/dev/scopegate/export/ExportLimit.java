package dev.scopegate.export;

import java.util.Locale;

/**
 * One limit of an export policy: at most so much, per response or window, for each subject.
 *
 * @param unit what is counted
 * @param per over what it is summed up
 * @param max the largest sum that is let out, in the unit; 0 lets nothing out
 * @param subject whose exports are summed up; without meaning per response
 */
public record ExportLimit(Unit unit, Per per, long max, Subject subject) {
    public ExportLimit {
        if (max < 0) throw new IllegalArgumentException("max is 0 or more");
    }

    /** What is counted. */
    public enum Unit {
        BYTES("content-bytes"),
        RECORDS("records");

        private final String quotaUnit;

        Unit(String quotaUnit) {
            this.quotaUnit = quotaUnit;
        }

        /** The unit's name in the {@code RateLimit-Policy} field. */
        String quotaUnit() {
            return quotaUnit;
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The part of an amount that this unit measures. */
        public long of(Amount amount) {
            return this == BYTES ? amount.bytes() : amount.records();
        }
    }

    /** Over what is summed up: one response, or a fixed window aligned to UTC. */
    public enum Per {
        RESPONSE,
        HOUR,
        DAY,
        MONTH,
        /** For ever. */
        TOTAL;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whose exports are summed up. */
    public enum Subject {
        OWNER,
        TOKEN,
        EVERYONE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
