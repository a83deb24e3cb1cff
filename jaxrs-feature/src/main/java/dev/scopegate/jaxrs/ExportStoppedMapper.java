package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportStopped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Leaves the answer to the servlet filter, which has the response that was stopped. */
final class ExportStoppedMapper implements ExceptionMapper<ExportStopped> {
    private static final int DEPTH = 16;

    /** The stop among an exception's causes, where a writer of entities has wrapped it; null when there is none. */
    static @Nullable ExportStopped in(Throwable thrown) {
        Throwable one = thrown;
        for (int i = 0; one != null && i < DEPTH; i++, one = one.getCause()) {
            if (one instanceof ExportStopped stopped) return stopped;
        }
        return null;
    }

    @Override
    public Response toResponse(ExportStopped stopped) {
        return Response.status(stopped.problem().status()).build();
    }
}
