package dev.scopegate.sample.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms that rows can be written in. */
public enum RowFormat {
    /** {@code {"results":[{…},…]}}. */
    JSON("application/json") {
        @Override
        public RowWriter on(OutputStream out) throws IOException {
            return new JsonRows(out, true);
        }
    },
    /** One JSON object a line. */
    NDJSON("application/x-ndjson") {
        @Override
        public RowWriter on(OutputStream out) throws IOException {
            return new JsonRows(out, false);
        }
    },
    /** RFC 4180 in UTF-8, with a header line. */
    CSV("text/csv;charset=utf-8;header=present") {
        @Override
        public RowWriter on(OutputStream out) {
            return new CsvRows(out);
        }
    };

    private final String mediaType;

    RowFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The value of {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** A writer on a stream, in UTF-8. */
    public abstract RowWriter on(OutputStream out) throws IOException;

    /** The format of this name in lower case; null when there is none. */
    public static @Nullable RowFormat of(String name) {
        for (RowFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) return format;
        }
        return null;
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
