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
}
