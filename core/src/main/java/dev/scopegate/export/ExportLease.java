package dev.scopegate.export;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quota that a response may use up: spent in the ledger from the moment it is granted, until it is settled.
 *
 * @param parts the accounts and windows it is spent in
 * @param granted the same amount in each of them, by its unit
 * @param validFor how long after the request for it was sent it may be used: until the first of its windows ends; null for
 *     ever
 */
public record ExportLease(
        List<Part> parts, Amount granted, @Nullable Duration validFor) {
    public ExportLease {
        parts = List.copyOf(parts);
    }

    /** An account in one window. */
    public record Part(ExportAccount account, Instant windowStart) {}
}
