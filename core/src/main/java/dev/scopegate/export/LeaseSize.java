package dev.scopegate.export;

/**
 * How much of what is left one request gets: all that it wants while there is plenty, an eighth of what is left when that is
 * less, so that open leases do not starve each other near the limit. Every ledger computes the same.
 */
public final class LeaseSize {
    /** The part of what is left that one lease can be. */
    public static final int SHARE = 8;

    /** The smallest lease in bytes that is worth its way, where so much is left. */
    public static final long FLOOR_BYTES = 16_384;

    /** The smallest lease in records that is worth its way, where so many are left. */
    public static final long FLOOR_RECORDS = 16;

    private LeaseSize() {}

    /**
     * What a claim can grant.
     *
     * @param available what is left in the account
     * @return between {@code least} and {@code wanted}; less than {@code least} only when less is available
     */
    public static long of(ExportLimit.Unit unit, long available, long wanted, long least) {
        long floor = Math.max(least, unit == ExportLimit.Unit.BYTES ? FLOOR_BYTES : FLOOR_RECORDS);
        long share = Math.max(available / SHARE, floor);
        return Math.min(available, Math.min(wanted, share));
    }
}
