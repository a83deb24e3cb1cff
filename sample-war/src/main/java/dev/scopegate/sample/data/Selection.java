package dev.scopegate.sample.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some rows and variables of a table, in the table's order. Writing them needs memory for one row.
 *
 * @param columns the places of the wanted variables in the table
 * @param where conditions that all must hold
 * @param offset how many of the table's rows are passed over before conditions are looked at
 * @param limit how many rows are written at most
 */
public record Selection(Table table, List<Integer> columns, List<Condition> where, long offset, long limit) {
    public Selection {
        columns = List.copyOf(columns);
        where = List.copyOf(where);
    }

    /** All variables of some rows that follow each other. */
    public static Selection slice(Table table, long offset, long limit) {
        List<Integer> all = IntStream.range(0, table.variables().size()).boxed().toList();
        return new Selection(table, all, List.of(), offset, limit);
    }

    /** The wanted variables. */
    List<Variable> variables() {
        return columns.stream().map(table.variables()::get).toList();
    }

    /** Writes all of it; an IOException is the writer's. */
    public void writeTo(RowWriter writer) throws IOException {
        writer.begin(variables());
        @Nullable Object[] row = new @Nullable Object[table.variables().size()];
        @Nullable Object[] wanted = new @Nullable Object[columns.size()];
        long written = 0;
        for (long i = offset; i < table.size() && written < limit; i++) {
            table.read(i, row);
            if (!holds(row)) continue;
            for (int column = 0; column < wanted.length; column++) wanted[column] = row[columns.get(column)];
            writer.row(wanted);
            written++;
        }
        writer.end();
    }

    private boolean holds(@Nullable Object[] row) {
        for (int i = 0; i < where.size(); i++) {
            if (!where.get(i).holds(row)) return false;
        }
        return true;
    }
}
