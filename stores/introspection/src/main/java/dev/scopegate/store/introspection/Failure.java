package dev.scopegate.store.introspection;

/** The server did not say whether a token is good. The message is for the log and quotes nothing that was received. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean outage;
    private final int retryAfterSeconds;

    private Failure(String message, boolean outage, int retryAfterSeconds) {
        super(message, null, false, false);
        this.outage = outage;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The server as a whole is in trouble, so the next token will fare no better. */
    static Failure outage(String message) {
        return new Failure(message, true, 0);
    }

    /** The server is in trouble and says for how long. */
    static Failure outage(String message, int retryAfterSeconds) {
        return new Failure(message, true, retryAfterSeconds);
    }

    /** This one answer is of no use; whoever presents tokens may have brought that about. */
    static Failure useless(String message) {
        return new Failure(message, false, 0);
    }

    boolean isOutage() {
        return outage;
    }

    /** How long the server asks to be left alone; 0: it does not say. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
