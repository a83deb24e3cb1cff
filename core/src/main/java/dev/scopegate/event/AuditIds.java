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
    /** What eight digits can tell. */
    private static final long LAST = 218_340_105_584_895L;

    private static final AtomicLong COUNTER = new AtomicLong();
    private static final long PROCESS = UUID.randomUUID().getLeastSignificantBits() >>> 1;

    private AuditIds() {}

    static String next(long atMillis) {
        char[] id = new char[LENGTH];
        write(bounded(atMillis), id, 0, 8);
        write(COUNTER.getAndIncrement(), id, 8, 4);
        write(PROCESS, id, 12, 8);
        return new String(id);
    }

    /** Not after the id of any event of this moment or later, and after that of every earlier one. */
    static String first(long atMillis) {
        char[] id = new char[LENGTH];
        write(bounded(atMillis), id, 0, 8);
        write(0, id, 8, LENGTH - 8);
        return new String(id);
    }

    /** Ids tell the time from 1970 on, for seven thousand years. */
    private static long bounded(long atMillis) {
        return Math.max(0, Math.min(atMillis, LAST));
    }

    static boolean isId(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    private static void write(long value, char[] into, int from, int digits) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            into[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
    }
}
