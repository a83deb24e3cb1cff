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

    /** A little more than the least, of units of which something was taken: what is taken next needs no lease of its own. */
    static Amount ahead(Amount least, Amount taken, Amount usual) {
        long bytes = taken.bytes() == 0 ? 0 : Math.min(FLOOR_BYTES, usual.bytes());
        long records = taken.records() == 0 ? 0 : Math.min(FLOOR_RECORDS, usual.records());
        return new Amount(sum(least.bytes(), bytes), sum(least.records(), records));
    }

    /** As many leases of the usual size, at least one, as cover an amount. */
    static Amount whole(Amount amount, Amount usual) {
        return new Amount(whole(amount.bytes(), usual.bytes()), whole(amount.records(), usual.records()));
    }

    private static long whole(long amount, long usual) {
        long missing = amount % usual;
        return missing == 0 ? Math.max(amount, usual) : sum(amount, usual - missing);
    }

    /** The sum, or the largest number. */
    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
