package dev.scopegate.sample.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The summary of one variable, computed from all rows.
 *
 * @param count how many values there are
 * @param missing how many rows have none
 * @param min the least value; null for text and without values
 * @param max the greatest
 * @param mean null but for numbers
 * @param sd the standard deviation of the sample; null but for two numbers or more
 * @param distinct how many different values there are; null but for text
 * @param top the most frequent values, at most five that stand in several rows, the most frequent first; empty but for text
 */
public record Statistics(
        long count,
        long missing,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Double mean,
        @Nullable Double sd,
        @Nullable Integer distinct,
        List<Frequency> top) {

    /** How often a text stands in a variable. */
    public record Frequency(String value, long count) {}

    public Statistics {
        top = List.copyOf(top);
    }

    /** Reads every row once. */
    static List<Statistics> of(Table table) {
        List<Tally> tallies = new ArrayList<>();
        for (Variable variable : table.variables()) tallies.add(new Tally(variable.type()));
        @Nullable Object[] row = new @Nullable Object[tallies.size()];
        for (long i = 0; i < table.size(); i++) {
            table.read(i, row);
            for (int column = 0; column < row.length; column++)
                tallies.get(column).add(row[column]);
        }
        return tallies.stream().map(Tally::statistics).toList();
    }
}
