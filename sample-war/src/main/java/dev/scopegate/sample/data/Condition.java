package dev.scopegate.sample.data;

import org.jspecify.annotations.Nullable;

/**
 * What a row must meet to be selected.
 *
 * @param column the variable's place in its table
 * @param value what to compare with, in the class of the variable's type; a list of them for {@link Operator#IN}; null
 *     with {@link Operator#EQUAL} for rows in which the variable is missing, with {@link Operator#NOT_EQUAL} for the others
 */
public record Condition(
        int column, Operator operator, @Nullable Object value) {
    boolean holds(@Nullable Object[] row) {
        Object present = row[column];
        if (value == null) return (present == null) == (operator == Operator.EQUAL);
        return present != null && operator.holds(present, value);
    }
}
