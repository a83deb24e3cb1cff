package dev.scopegate.export;

/**
 * How much leaves: bytes of a body, before any content coding by the container, and records in it.
 *
 * @param bytes 0 or more
 * @param records 0 or more
 */
public record Amount(long bytes, long records) {
    public static final Amount NONE = new Amount(0, 0);

    public Amount {
        if (bytes < 0 || records < 0) throw new IllegalArgumentException("an amount is 0 or more");
    }

    boolean isNone() {
        return bytes == 0 && records == 0;
    }

    /** What is left when another is taken away: nothing of a unit where that is more. */
    Amount minus(Amount other) {
        if (other.isNone()) return this;
        return new Amount(Math.max(0, bytes - other.bytes), Math.max(0, records - other.records));
    }

    /** Both together. */
    Amount plus(Amount other) {
        return new Amount(Math.addExact(bytes, other.bytes), Math.addExact(records, other.records));
    }

    /** The larger of both, by unit. */
    Amount max(Amount other) {
        return new Amount(Math.max(bytes, other.bytes), Math.max(records, other.records));
    }

    /** The same with another amount of one unit. */
    Amount with(ExportLimit.Unit unit, long amount) {
        return unit == ExportLimit.Unit.BYTES ? new Amount(amount, records) : new Amount(bytes, amount);
    }
}
