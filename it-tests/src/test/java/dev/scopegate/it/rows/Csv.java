package dev.scopegate.it.rows;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated records as RFC 4180 writes them; a line that begins with {@code #} between records is a comment. */
final class Csv {
    private final String text;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
    }

    /** A record and the line on which it begins. */
    record Cells(int line, List<String> texts) {}

    static List<Cells> parse(String text) {
        Csv csv = new Csv(text);
        List<Cells> records = new ArrayList<>();
        while (csv.at < text.length()) {
            char c = text.charAt(csv.at);
            if (c == '#' || c == '\n') csv.skipLine();
            else records.add(csv.record());
        }
        return records;
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        line++;
    }

    private Cells record() {
        int begin = line;
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(peek() == '"' ? quoted(begin) : plain());
            int end = peek();
            at++;
            if (end == ',') continue;
            if (end != '\n' && end >= 0)
                throw new IllegalArgumentException("line " + line + ": text after a quoted cell");
            line++;
            return new Cells(begin, List.copyOf(cells));
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private String plain() {
        int begin = at;
        while (peek() >= 0 && peek() != ',' && peek() != '\n') at++;
        String cell = text.substring(begin, at);
        if (cell.contains("\""))
            throw new IllegalArgumentException("line " + line + ": a quote in a cell without quotes");
        return cell;
    }

    private String quoted(int begin) {
        StringBuilder cell = new StringBuilder();
        for (at++; ; at++) {
            int c = peek();
            if (c < 0) throw new IllegalArgumentException("line " + begin + ": a quote that does not end");
            if (c == '\n') line++;
            if (c == '"') {
                at++;
                if (peek() != '"') return cell.toString();
            }
            cell.append((char) c);
        }
    }
}
