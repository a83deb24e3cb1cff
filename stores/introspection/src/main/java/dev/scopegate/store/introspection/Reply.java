package dev.scopegate.store.introspection;

/** What the server answered, before anybody has read it. */
final class Reply {
    private static final int MAX_DIGITS = 6;
    private static final String REFUSED_US =
            ": it refuses this service; look at introspection-client-auth, -client-id and -client-secret";

    private final int status;
    private final String retryAfter;
    private final byte[] body;

    /** A status, the {@code Retry-After} field or an empty text, and the whole body of a 200. */
    Reply(int status, String retryAfter, byte[] body) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    /** The body of a 200; anything else is a failure. */
    byte[] content() throws Failure {
        if (status == 200) return body;
        String said = "the introspection server answered " + status;
        if (status == 401) throw Failure.outage(said + REFUSED_US);
        if (status == 403) throw Failure.useless(said + REFUSED_US);
        if (status == 408 || status == 429 || status >= 500) throw Failure.outage(said, retryAfterSeconds());
        throw Failure.useless(said);
    }

    /** 0 unless the field is a number of seconds; a date would need the server's clock. */
    private int retryAfterSeconds() {
        if (retryAfter.isEmpty() || retryAfter.length() > MAX_DIGITS) return 0;
        return retryAfter.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(retryAfter) : 0;
    }
}
