package dev.scopegate.sample.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows in some form, one at a time: {@code begin row* end}. For one thread. */
public interface RowWriter {
    /** What stands before the first row. */
    void begin(List<Variable> variables) throws IOException;

    /** One row; the array is the caller's and changes after the call. */
    void row(@Nullable Object[] values) throws IOException;

    /** What stands after the last row. Hands on all that was held back, without flushing or closing the stream. */
    void end() throws IOException;
}
