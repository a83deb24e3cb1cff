package dev.scopegate.sample.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of fixed variables, each reachable by its number in the same time. Never changes; safe for any number of threads.
 */
public interface Table {
    List<Variable> variables();

    /** How many rows there are. */
    long size();

    /**
     * Reads one row.
     *
     * @param row from 0 to {@link #size} - 1
     * @param into gets the value of each variable in its {@link VariableType}'s class; null where it is missing
     */
    void read(long row, @Nullable Object[] into);
}
