package dev.scopegate.problem;

import org.jspecify.annotations.Nullable;

/**
 * Whether the request may pass cannot be told now, because a store or ledger does not answer: 503, never a grant. The
 * message is for the log and holds no input.
 */
public final class Unavailable extends Exception {
    /** How long a client is asked to wait where nothing better is known. */
    public static final int RETRY_AFTER_SECONDS = 5;

    private static final long serialVersionUID = 1L;

    private final int retryAfterSeconds;

    public Unavailable(String message, @Nullable Throwable cause) {
        this(message, cause, RETRY_AFTER_SECONDS);
    }

    public Unavailable(String message, @Nullable Throwable cause, int retryAfterSeconds) {
        super(message, cause, false, false);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public Problem problem() {
        return Problem.unavailable(retryAfterSeconds);
    }
}
