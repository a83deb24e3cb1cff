package dev.scopegate.it.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One line of {@code requests.csv}, whose first lines say what its columns mean. */
public record Row(
        int line,
        String name,
        String who,
        String method,
        String path,
        List<String> headers,
        String body,
        Expected expected,
        List<String> checks,
        Map<String, Expected> except) {

    private static final List<String> COLUMNS = List.of(
            "name", "who", "method", "path", "headers", "body", "status", "code", "challenge", "checks", "except");

    /**
     * What is to be answered.
     *
     * @param codes of the envelope, each alone or as {@code required@name}; a single {@code -} for a refusal by the
     *     container itself; a single one after {@code ~} for a refusal by either; empty for no refusal
     * @param challenge of the {@code WWW-Authenticate} header: {@code bearer} or its error and scope; empty for none
     */
    record Expected(int status, List<String> codes, String challenge) {
        boolean byContainer() {
            return codes.equals(List.of("-"));
        }

        /** The same where it says {@code ~}, now that it is known who has refused. */
        Expected by(boolean container) {
            if (codes.isEmpty() || !codes.get(0).startsWith("~")) return this;
            String code = codes.get(0).substring(1);
            return new Expected(status, List.of(container ? "-" : code), challenge);
        }
    }

    /** Every row of the resource {@code /requests.csv}. */
    public static List<Row> all() {
        try (InputStream file = Objects.requireNonNull(Row.class.getResourceAsStream("/requests.csv"))) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> parse(String csv) {
        List<Csv.Cells> lines = Csv.parse(csv);
        if (!lines.get(0).texts().equals(COLUMNS)) throw new IllegalArgumentException("columns are not " + COLUMNS);
        List<Row> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Csv.Cells cells : lines.subList(1, lines.size())) {
            try {
                Row row = of(cells);
                if (!names.add(row.name)) throw new IllegalArgumentException("the name stands twice");
                rows.add(row);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("requests.csv, line " + cells.line() + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    private static Row of(Csv.Cells cells) {
        List<String> texts = cells.texts();
        if (texts.size() > COLUMNS.size()) throw new IllegalArgumentException("more cells than columns");
        Map<String, String> cell = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) cell.put(COLUMNS.get(i), i < texts.size() ? texts.get(i) : "");
        int status = Integer.parseInt(cell.get("status"));
        Map<String, Expected> except = new LinkedHashMap<>();
        for (String line : lines(cell.get("except"))) {
            List<String> words = words(line);
            List<String> codes = words.size() > 2 ? List.of(words.get(2)) : List.of();
            String challenge = String.join(" ", words.subList(Math.min(3, words.size()), words.size()));
            except.put(words.get(0), new Expected(Integer.parseInt(words.get(1)), codes, challenge));
        }
        return new Row(
                cells.line(),
                cell.get("name"),
                cell.get("who"),
                cell.get("method"),
                cell.get("path"),
                lines(cell.get("headers")),
                cell.get("body"),
                new Expected(status, words(cell.get("code")), cell.get("challenge")),
                lines(cell.get("checks")),
                Map.copyOf(except));
    }

    private static List<String> lines(String cell) {
        return cell.isEmpty() ? List.of() : cell.lines().toList();
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+", -1));
    }

    /** What is to be answered by the container of that name. */
    Expected expectedOf(String container) {
        for (Map.Entry<String, Expected> each : except.entrySet()) {
            if (container.startsWith(each.getKey())) return each.getValue();
        }
        return expected;
    }
}
