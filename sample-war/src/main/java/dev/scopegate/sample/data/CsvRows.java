package dev.scopegate.sample.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180): a header line, lines that end in CR LF; nothing between two commas is a missing value. */
final class CsvRows implements RowWriter {
    private static final int CHUNK = 8_192;

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(CHUNK + 1_024);

    CsvRows(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(List<Variable> variables) throws IOException {
        row(variables.stream().map(Variable::name).toArray());
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) text.append(',');
            Object value = values[i];
            if (value instanceof String field) field(field);
            else if (value != null) text.append(value);
        }
        text.append("\r\n");
        if (text.length() >= CHUNK) handOn();
    }

    /** An empty text is quoted, to tell it from a missing value. */
    private void field(String field) {
        if (isPlain(field)) text.append(field);
        else text.append('"').append(field.replace("\"", "\"\"")).append('"');
    }

    private static boolean isPlain(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') return false;
        }
        return !field.isEmpty();
    }

    private void handOn() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    @Override
    public void end() throws IOException {
        handOn();
    }
}
