package dev.scopegate.export;

import dev.scopegate.problem.Problem;
import java.io.IOException;

/**
 * The response may not go on: a limit would be broken, or the ledger cannot tell. Thrown from the response's streams and from
 * {@link ExportMeter}; whatever catches it, nothing more leaves. Carries no stack trace.
 */
public final class ExportStopped extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ExportStopped(Problem problem) {
        super(problem.code());
        this.problem = problem;
    }

    /** What the client is told where the response has not begun. */
    public Problem problem() {
        return problem;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
