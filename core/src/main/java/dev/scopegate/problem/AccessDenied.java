package dev.scopegate.problem;

/**
 * The request may not pass, for a reason that its sender can know. Carries no stack trace, so instances may be shared
 * between threads.
 */
public final class AccessDenied extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public AccessDenied(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
