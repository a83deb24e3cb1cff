package dev.scopegate.event;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names events so that their order is that of time, and no two nodes' meet: eight digits of milliseconds, four of a counter,
 * eight of this process.
 */
final class AuditIds {
    static final int LENGTH = 20;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final long PROCESS = UUID.randomUUID().getLeastSignificantBits() >>> 1;

    private AuditIds() {}

    static String next(long atMillis) {
        char[] id = new char[LENGTH];
        write(Math.max(0, atMillis), id, 0, 8);
        write(COUNTER.getAndIncrement(), id, 8, 4);
        write(PROCESS, id, 12, 8);
        return new String(id);
    }

    private static void write(long value, char[] into, int from, int digits) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            into[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
    }
}
