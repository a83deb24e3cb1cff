package dev.scopegate.sample.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {
    private static final Instant NOON = Instant.parse("2025-01-01T12:00:00Z");
    private static final List<Variable> VARIABLES =
            List.of(Variable.text("name", ""), Variable.number("size", ""), Variable.timestamp("at", ""));
    private static final Object[][] DATA = {
        {"ant", 1.0, NOON},
        {"Bee, or \"wasp\"", 2.5, NOON.plusSeconds(1)},
        {null, null, null},
        {"", 3.0, NOON.plusSeconds(2)},
        {"line\r\nbreak ü", -0.5, NOON.minusSeconds(1)},
    };

    private final Rows table = new Rows(VARIABLES, DATA);

    private static String written(RowFormat format, Selection selection) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        selection.writeTo(format.on(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csv_quotes_what_needs_it_and_nothing_else() throws IOException {
        assertThat(written(RowFormat.CSV, Selection.slice(table, 0, 9)))
                .isEqualTo("name,size,at\r\n"
                        + "ant,1.0,2025-01-01T12:00:00Z\r\n"
                        + "\"Bee, or \"\"wasp\"\"\",2.5,2025-01-01T12:00:01Z\r\n"
                        + ",,\r\n"
                        + "\"\",3.0,2025-01-01T12:00:02Z\r\n"
                        + "\"line\r\nbreak ü\",-0.5,2025-01-01T11:59:59Z\r\n");
    }

    @Test
    void json_is_one_document() throws IOException {
        assertThat(written(RowFormat.JSON, Selection.slice(table, 1, 2)))
                .isEqualTo(
                        "{\"results\":[{\"name\":\"Bee, or \\\"wasp\\\"\",\"size\":2.5,\"at\":\"2025-01-01T12:00:01Z\"},"
                                + "{\"name\":null,\"size\":null,\"at\":null}]}");
        assertThat(written(RowFormat.JSON, Selection.slice(table, 9, 1))).isEqualTo("{\"results\":[]}");
    }

    @Test
    void ndjson_is_one_object_a_line() throws IOException {
        assertThat(written(RowFormat.NDJSON, Selection.slice(table, 3, 9)).split("\n", -1))
                .containsExactly(
                        "{\"name\":\"\",\"size\":3.0,\"at\":\"2025-01-01T12:00:02Z\"}",
                        "{\"name\":\"line\\r\\nbreak ü\",\"size\":-0.5,\"at\":\"2025-01-01T11:59:59Z\"}",
                        "");
        assertThat(written(RowFormat.NDJSON, Selection.slice(table, 9, 1))).isEmpty();
    }

    @Test
    void an_offset_passes_over_rows_without_reading_them() throws IOException {
        written(RowFormat.CSV, Selection.slice(table, 3, 1));

        assertThat(table.reads).isEqualTo(1);
    }

    @Test
    void a_limit_ends_the_reading() throws IOException {
        written(RowFormat.CSV, new Selection(table, List.of(0), List.of(is(1, Operator.LESS, 9.0)), 0, 2));

        assertThat(table.reads).isEqualTo(2);
    }

    private static Condition is(int column, Operator operator, Object value) {
        return new Condition(column, operator, value);
    }

    /** The initials of the names of the rows that meet it; {@code _} for an empty name, {@code -} for a missing one. */
    private record Case(Condition condition, String initials) {}

    private static char initial(Object name) {
        return name.toString().charAt(0);
    }

    private static List<Case> cases() {
        return List.of(
                new Case(is(0, Operator.EQUAL, "ant"), "a"),
                new Case(is(0, Operator.NOT_EQUAL, "ant"), "B_l"),
                new Case(is(0, Operator.CONTAINS, "e"), "Bl"),
                new Case(is(0, Operator.IN, List.of("ant", "x")), "a"),
                new Case(is(0, Operator.EQUAL, null), "-"),
                new Case(is(0, Operator.NOT_EQUAL, null), "aB_l"),
                new Case(is(1, Operator.EQUAL, 1L), "a"),
                new Case(is(1, Operator.LESS, 1L), "l"),
                new Case(is(1, Operator.AT_MOST, 1L), "al"),
                new Case(is(1, Operator.GREATER, 1.0), "B_"),
                new Case(is(1, Operator.AT_LEAST, 1.0), "aB_"),
                new Case(is(1, Operator.IN, List.of(1L, 2.5)), "aB"),
                new Case(is(2, Operator.GREATER, NOON), "B_"),
                new Case(is(2, Operator.EQUAL, NOON), "a"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_missing_value_meets_only_the_question_for_it(Case one) throws IOException {
        StringBuilder names = new StringBuilder();
        new Selection(table, List.of(0), List.of(one.condition()), 0, 9).writeTo(new RowWriter() {
            @Override
            public void begin(List<Variable> variables) {
                assertThat(variables).containsExactly(VARIABLES.get(0));
            }

            @Override
            public void row(Object[] values) {
                names.append(values[0] == null ? "-" : values[0].toString().isEmpty() ? "_" : initial(values[0]));
            }

            @Override
            public void end() {}
        });

        assertThat(names).hasToString(one.initials());
    }
}
