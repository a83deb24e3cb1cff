package dev.scopegate.sample.api;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.sample.data.RowWriter;
import dev.scopegate.sample.data.Variable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of which each is a record of an export. */
record CountedRows(RowWriter rows, ExportMeter meter) implements RowWriter {
    @Override
    public void begin(List<Variable> variables) throws IOException {
        rows.begin(variables);
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        meter.record();
        rows.row(values);
    }

    @Override
    public void end() throws IOException {
        rows.end();
    }
}
