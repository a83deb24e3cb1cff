package dev.scopegate.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds where records begin in text that has one a line: NDJSON, or CSV, whose quoted fields may hold line ends (RFC 4180). A
 * record begins with the first byte of its line; empty lines are none. For one thread at a time.
 */
final class RecordLines {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_ENDS = ONES * '\n';
    private static final long QUOTES = ONES * '"';

    private final boolean quoting;
    private boolean header;
    private boolean atStart = true;
    private boolean inQuotes;

    private RecordLines(boolean quoting, boolean header) {
        this.quoting = quoting;
        this.header = header;
    }

    /** The lines of a media type; null for one that has no line for each record. */
    static @Nullable RecordLines of(@Nullable String mediaType) {
        if (mediaType == null) return null;
        int end = mediaType.indexOf(';');
        String type = (end < 0 ? mediaType : mediaType.substring(0, end)).trim();
        if (isOne(type, "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")) {
            return new RecordLines(false, false);
        }
        if (!isOne(type, "text/csv", "application/csv")) return null;
        String parameters = end < 0 ? "" : mediaType.substring(end).replace(" ", "");
        return new RecordLines(true, !parameters.toLowerCase(Locale.ROOT).contains(";header=absent"));
    }

    private static boolean isOne(String type, String... types) {
        for (String one : types) {
            if (one.equalsIgnoreCase(type)) return true;
        }
        return false;
    }

    /** How many records begin in these bytes. */
    int count(byte[] bytes, int from, int end) {
        int records = 0;
        for (int at = next(bytes, from, end); at < end; at = next(bytes, begun(bytes, at, end), end)) records++;
        return records;
    }

    /** Where in a line this is, for {@link #restore}. */
    int state() {
        return (header ? 1 : 0) | (atStart ? 2 : 0) | (inQuotes ? 4 : 0);
    }

    /** Goes back to where {@link #state} was asked for. */
    void restore(int state) {
        header = (state & 1) != 0;
        atStart = (state & 2) != 0;
        inQuotes = (state & 4) != 0;
    }

    /**
     * Reads on to the next byte that begins a record.
     *
     * @return its index, or the end
     */
    int next(byte[] bytes, int from, int end) {
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

    /** Goes over the record, or header, whose first byte this is, up to the next line. */
    int begun(byte[] bytes, int from, int end) {
        atStart = false;
        for (int i = from; i < end; i++) {
            i = skip(bytes, i, end);
            if (i == end) break;
            if (quoting && bytes[i] == '"') inQuotes = !inQuotes;
            else if (bytes[i] == '\n' && !inQuotes) {
                atStart = true;
                header = false;
                return i + 1;
            }
        }
        return end;
    }

    /** The next byte that may be a line end or a quote: eight at a time, since nearly all are neither. */
    private int skip(byte[] bytes, int from, int end) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = (long) LONG.get(bytes, i);
            long found = zeros(word ^ LINE_ENDS);
            if (quoting) found |= zeros(word ^ QUOTES);
            if (found != 0) return i + (Long.numberOfTrailingZeros(found) >>> 3);
        }
        while (i < end && bytes[i] != '\n' && !(quoting && bytes[i] == '"')) i++;
        return i;
    }

    /** A high bit in each byte that is zero; above the first such byte others may be wrong. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
