package dev.scopegate.export;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds where records begin in text whose media type says what a record is. For one thread at a time. */
interface RecordLines {
    /** The lines of a media type; null for one that does not show its records. */
    static @Nullable RecordLines of(@Nullable String mediaType) {
        if (mediaType == null) return null;
        int end = mediaType.indexOf(';');
        String type = (end < 0 ? mediaType : mediaType.substring(0, end)).trim();
        if (isOne(type, "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")) {
            return new TextLines(false, false);
        }
        if (isOne(type, "text/event-stream")) return new EventLines();
        if (!isOne(type, "text/csv", "application/csv")) return null;
        String parameters = end < 0 ? "" : mediaType.substring(end).replace(" ", "");
        return new TextLines(true, !parameters.toLowerCase(Locale.ROOT).contains(";header=absent"));
    }

    private static boolean isOne(String type, String... types) {
        for (String one : types) {
            if (one.equalsIgnoreCase(type)) return true;
        }
        return false;
    }

    /** How many records begin in these bytes. */
    default int count(byte[] bytes, int from, int end) {
        int records = 0;
        for (int at = next(bytes, from, end); at < end; at = next(bytes, begun(bytes, at, end), end)) records++;
        return records;
    }

    /**
     * Reads on to the next byte that begins a record.
     *
     * @return its index, or the end
     */
    int next(byte[] bytes, int from, int end);

    /**
     * Goes into the record whose first byte this is.
     *
     * @return where to look for the next one
     */
    int begun(byte[] bytes, int from, int end);

    /** Where in a line this is, for {@link #restore}. */
    int state();

    /** Goes back to where {@link #state} was asked for. */
    void restore(int state);
}
