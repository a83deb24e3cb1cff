package dev.scopegate.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How what an event tells of ended. */
public enum AuditOutcome {
    SUCCESS,
    REFUSED,
    /** It went through, and would have been refused by a policy that only observes. */
    OBSERVED,
    /** It could not be decided, since a store or a ledger did not answer. */
    UNAVAILABLE;

    /** As it is written in JSON: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome that is written so. */
    public static Optional<AuditOutcome> ofWireName(String text) {
        return Stream.of(values()).filter(one -> one.wireName().equals(text)).findFirst();
    }
}
