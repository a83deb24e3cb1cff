package dev.scopegate.export;

import java.time.Duration;

/**
 * How responses are metered.
 *
 * @param allowWithoutPolicy whether a resource without a policy lets everything out instead of nothing
 * @param holdBytes how much of a response is held back before its first byte is sent, so that a limit that breaks within it
 *     is a clean refusal; 0 or more
 * @param leaseBytes how many bytes are leased at once, unless the limit is near; 1 or more
 * @param leaseRecords the same of records
 * @param patience how long a response waits for quota that others have on lease
 */
public record ExportOptions(
        boolean allowWithoutPolicy, int holdBytes, long leaseBytes, long leaseRecords, Duration patience) {
    /** 64 KiB held back, leases of 1 MiB and 1,000 records, two seconds of patience, nothing without a policy. */
    public static final ExportOptions DEFAULT = new ExportOptions(false, 65_536, 1 << 20, 1_000, Duration.ofSeconds(2));

    public ExportOptions {
        if (holdBytes < 0 || leaseBytes < 1 || leaseRecords < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("an option of exports is out of its range");
        }
    }
}
