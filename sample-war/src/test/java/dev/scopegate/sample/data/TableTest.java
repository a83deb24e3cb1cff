package dev.scopegate.sample.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static Table table(String id) {
        return Objects.requireNonNull(Datasets.demo().find(id)).table();
    }

    private static List<Object> row(Table table, long number) {
        Object[] row = new Object[table.variables().size()];
        table.read(number, row);
        return Arrays.asList(row);
    }

    /** What clients saw yesterday they see tomorrow, on any machine: change these rows and you change the dataset. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "measurements | 0 | [WS-001, 2025-01-01T00:00:00Z, -2.1, 86.5, 3.8, 3.85, -66, good]",
                "measurements | 654321 | [WS-022, 2025-02-15T10:30:00Z, 7.5, 54.3, 4.2, 3.75, -66, good]",
                "measurements | 999999 | [WS-100, 2025-03-11T10:30:00Z, 5.2, 55.0, 2.1, 3.54, -88, good]",
                "clinic | 0 | [P-1001, 2024-01-01T08:32:00Z, paediatrics, 17, 90, 52, null, 5]",
                "clinic | 599 | [P-1600, 2025-01-01T09:20:00Z, orthopaedics, 47, 129, 79, 4.0, 5]",
                "penguins | 3 | [Adelie, Torgersen, null, null, null, null, null]",
                "penguins | 343 | [Gentoo, Biscoe, 49.9, 16.1, 213, 5400, male]",
            })
    void a_row_is_the_same_for_ever(String id, long number, String expected) {
        assertThat(row(table(id), number)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"penguins", "measurements", "clinic"})
    void values_have_the_class_of_their_type(String id) {
        Table table = table(id);
        for (long number = 0; number < table.size(); number += 97) {
            List<Object> row = row(table, number);
            for (int column = 0; column < row.size(); column++) {
                Variable variable = table.variables().get(column);
                if (row.get(column) == null) continue;
                assertThat(row.get(column).getClass().getSimpleName())
                        .as(variable.name())
                        .isEqualTo(
                                switch (variable.type()) {
                                    case TEXT -> "String";
                                    case INTEGER -> "Long";
                                    case NUMBER -> "Double";
                                    case TIMESTAMP -> "Instant";
                                });
            }
        }
    }

    @Test
    void sizes_are_as_announced() {
        assertThat(table("penguins").size()).isEqualTo(344);
        assertThat(table("measurements").size()).isEqualTo(1_000_000);
        assertThat(table("clinic").size()).isEqualTo(600);
    }
}
