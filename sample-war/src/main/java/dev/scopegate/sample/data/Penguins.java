package dev.scopegate.sample.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Palmer penguins, read whole from the file that {@code data/README.md} describes. */
final class Penguins implements Table {
    private static final List<Variable> VARIABLES = List.of(
            Variable.text("species", "Adelie, Chinstrap or Gentoo."),
            Variable.text("island", "Where in the Palmer Archipelago it was measured: Biscoe, Dream or Torgersen."),
            Variable.number("bill_length_mm", "The length of the bill in millimetres."),
            Variable.number("bill_depth_mm", "The depth of the bill in millimetres."),
            Variable.integer("flipper_length_mm", "The length of the flipper in millimetres."),
            Variable.integer("body_mass_g", "The body's mass in grams."),
            Variable.text("sex", "female or male."));

    private final List<@Nullable Object[]> rows;

    Penguins() {
        try (InputStream file = Objects.requireNonNull(Penguins.class.getResourceAsStream("/data/penguins.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            rows = lines.lines().skip(1).map(Penguins::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file quotes nothing. */
    private static @Nullable Object[] row(String line) {
        String[] fields = line.split(",", -1);
        @Nullable Object[] row = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) row[i] = value(VARIABLES.get(i).type(), fields[i]);
        return row;
    }

    private static @Nullable Object value(VariableType type, String text) {
        if (text.isEmpty()) return null;
        if (type == VariableType.INTEGER) return Long.valueOf(text);
        return type == VariableType.NUMBER ? Double.valueOf(text) : text;
    }

    @Override
    public List<Variable> variables() {
        return VARIABLES;
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public void read(long row, @Nullable Object[] into) {
        @Nullable Object[] values = rows.get(Math.toIntExact(row));
        System.arraycopy(values, 0, into, 0, values.length);
    }
}
