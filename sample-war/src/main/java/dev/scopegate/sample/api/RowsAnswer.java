package dev.scopegate.sample.api;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.sample.data.RowFormat;
import dev.scopegate.sample.data.Selection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with rows as they are read, one by one. */
final class RowsAnswer {
    /** How many rows one answer can hold, and how many it holds unless the request says so. */
    static final long MAX_ROWS = 1_000_000;

    static final long DEFAULT_ROWS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RowsAnswer.class);

    private RowsAnswer() {}

    static Response of(RowFormat format, Selection selection, HttpServletRequest request) {
        ExportMeter meter = ExportMeter.current(request::getAttribute);
        StreamingOutput rows = out -> write(format, selection, meter, out);
        return Response.ok(rows)
                .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
                .build();
    }

    private static void write(RowFormat format, Selection selection, ExportMeter meter, OutputStream out) {
        try {
            selection.writeTo(new CountedRows(format.on(out), meter));
        } catch (IOException e) {
            // the reader is gone, or a limit reached, which the filter answers; engines would log that as a fault of
            // ours
            LOG.debug("an answer has not come to its end: {}", e.toString());
        }
    }
}
