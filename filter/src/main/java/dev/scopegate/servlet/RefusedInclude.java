package dev.scopegate.servlet;

import dev.scopegate.problem.Problem;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/**
 * An included resource was refused. The response of an include cannot say so; the dispatch that includes it answers with the
 * refusal instead.
 */
final class RefusedInclude extends ServletException {
    private static final long serialVersionUID = 1L;
    private static final int DEPTH = 16;

    private final transient Problem problem;

    RefusedInclude(Problem problem) {
        super("an included resource was refused: " + problem.code());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** The refusal among an exception's causes, where the application has wrapped it; null when there is none. */
    static @Nullable RefusedInclude in(Throwable thrown) {
        Throwable one = thrown;
        for (int i = 0; one != null && i < DEPTH; i++, one = one.getCause()) {
            if (one instanceof RefusedInclude refused) return refused;
        }
        return null;
    }
}
