package dev.scopegate.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Text that has a record in each line: NDJSON, or CSV, whose quoted fields may hold line ends (RFC 4180). A record begins with
 * the first byte of its line; empty lines are none.
 */
final class TextLines implements RecordLines {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_ENDS = ONES * '\n';
    private static final long QUOTES = ONES * '"';
    private static final long PRINTED = ONES * ' ';

    private final boolean quoting;
    private boolean header;
    private boolean atStart = true;
    private boolean inQuotes;

    TextLines(boolean quoting, boolean header) {
        this.quoting = quoting;
        this.header = header;
    }

    @Override
    public int state() {
        return (header ? 1 : 0) | (atStart ? 2 : 0) | (inQuotes ? 4 : 0);
    }

    @Override
    public void restore(int state) {
        header = (state & 1) != 0;
        atStart = (state & 2) != 0;
        inQuotes = (state & 4) != 0;
    }

    @Override
    public int count(byte[] bytes, int from, int end) {
        int records = 0;
        for (int at = from; at < end; ) {
            if (atStart || header) {
                at = next(bytes, at, end);
                if (at == end) break;
                records++;
            }
            long run = quoting ? quotedRun(bytes, at, end) : run(bytes, at, end);
            records += (int) (run >>> Integer.SIZE);
            at = begun(bytes, (int) run, end);
        }
        return records;
    }

    @Override
    public int next(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            if (atStart) {
                if (bytes[i] == '\n' || bytes[i] == '\r') {
                    i++;
                    continue;
                }
                if (!header) return i;
            }
            i = begun(bytes, i, end);
        }
        return end;
    }

    @Override
    public int begun(byte[] bytes, int from, int end) {
        atStart = false;
        for (int i = from; i < end; i++) {
            if (quoting && bytes[i] == '"') inQuotes = !inQuotes;
            else if (bytes[i] == '\n' && !inQuotes) {
                atStart = true;
                header = false;
                return i + 1;
            }
        }
        return end;
    }

    /**
     * Goes on in a record, eight bytes at a time, while each line that ends is followed by one that holds something.
     *
     * @return how many of them have begun, and in the lower half how far it came
     */
    private static long run(byte[] bytes, int from, int end) {
        int records = 0;
        int at = from;
        for (; at + 4 * Long.BYTES < end; at += 4 * Long.BYTES) {
            long a = zeros((long) LONG.get(bytes, at) ^ LINE_ENDS);
            long b = zeros((long) LONG.get(bytes, at + 8) ^ LINE_ENDS);
            long c = zeros((long) LONG.get(bytes, at + 16) ^ LINE_ENDS);
            long d = zeros((long) LONG.get(bytes, at + 24) ^ LINE_ENDS);
            if ((a | b | c | d) == 0) continue;
            if (mayBeFollowedByEmpty(bytes, at, a, b, c, d)) break;
            records += Long.bitCount(a | b >>> 1 | c >>> 2 | d >>> 3);
        }
        return (long) records << Integer.SIZE | at;
    }

    /** {@link #run} where a line end within quotes ends no line. Of bytes without one all that counts is: are their quotes odd? */
    private long quotedRun(byte[] bytes, int from, int end) {
        long quoted = inQuotes ? HIGHS : 0;
        int records = 0;
        int at = from;
        for (; at + 4 * Long.BYTES < end; at += 4 * Long.BYTES) {
            long a = (long) LONG.get(bytes, at);
            long b = (long) LONG.get(bytes, at + 8);
            long c = (long) LONG.get(bytes, at + 16);
            long d = (long) LONG.get(bytes, at + 24);
            long quotesA = exactZeros(a ^ QUOTES);
            long quotesB = exactZeros(b ^ QUOTES);
            long quotesC = exactZeros(c ^ QUOTES);
            long quotesD = exactZeros(d ^ QUOTES);
            a = zeros(a ^ LINE_ENDS);
            b = zeros(b ^ LINE_ENDS);
            c = zeros(c ^ LINE_ENDS);
            d = zeros(d ^ LINE_ENDS);
            if ((a | b | c | d) == 0) {
                quoted ^= odd(quotesA ^ quotesB ^ quotesC ^ quotesD);
                continue;
            }
            a &= ~(within(quotesA) ^ quoted);
            long quotedB = quoted ^ odd(quotesA);
            b &= ~(within(quotesB) ^ quotedB);
            long quotedC = quotedB ^ odd(quotesB);
            c &= ~(within(quotesC) ^ quotedC);
            long quotedD = quotedC ^ odd(quotesC);
            d &= ~(within(quotesD) ^ quotedD);
            if (mayBeFollowedByEmpty(bytes, at, a, b, c, d)) break;
            records += Long.bitCount(a | b >>> 1 | c >>> 2 | d >>> 3);
            quoted = quotedD ^ odd(quotesD);
        }
        inQuotes = quoted != 0;
        return (long) records << Integer.SIZE | at;
    }

    /**
     * Whether any line that ends in these 32 bytes may be followed by an empty one: by a control character, that is; it may say so of
     * others, never miss one.
     */
    private static boolean mayBeFollowedByEmpty(byte[] bytes, int at, long a, long b, long c, long d) {
        long controls = (controls((long) LONG.get(bytes, at + 1)) & a)
                | (controls((long) LONG.get(bytes, at + 9)) & b)
                | (controls((long) LONG.get(bytes, at + 17)) & c)
                | (controls((long) LONG.get(bytes, at + 25)) & d);
        return controls != 0;
    }

    /** A high bit in each byte that is a control character, and maybe in others. */
    private static long controls(long word) {
        return (word - PRINTED) & ~word;
    }

    /** A high bit in each byte that is zero, and maybe in one that is 1 behind such a byte. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** A high bit in each byte that is zero. */
    private static long exactZeros(long word) {
        return ~((word & ~HIGHS) + ~HIGHS | word | ~HIGHS);
    }

    /** A high bit in each byte from one with a high bit up to before the next such one: what stands between quotes. */
    private static long within(long marks) {
        long within = marks ^ marks << 8;
        within ^= within << 16;
        return within ^ within << 32;
    }

    /** A high bit in each byte where the number of marks is odd. */
    private static long odd(long marks) {
        return -(Long.bitCount(marks) & 1) & HIGHS;
    }
}
