package dev.scopegate.sample.data;

import java.util.List;

/** A table of given rows that counts how often one is read. */
final class Rows implements Table {
    private final List<Variable> variables;
    private final Object[][] rows;
    int reads;

    Rows(List<Variable> variables, Object[][] rows) {
        this.variables = variables;
        this.rows = rows;
    }

    @Override
    public List<Variable> variables() {
        return variables;
    }

    @Override
    public long size() {
        return rows.length;
    }

    @Override
    public void read(long row, Object[] into) {
        reads++;
        System.arraycopy(rows[(int) row], 0, into, 0, into.length);
    }
}
