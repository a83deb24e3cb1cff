package dev.scopegate.benchmarks;

/** What a request brings along, and the status that whatever looks at it answers with. */
public enum Presented {
    VALID("valid token", 200),
    FORBIDDEN("token without the scope", 403),
    UNKNOWN("unknown token, remembered as such", 401),
    UNKNOWN_UNCACHED("unknown token, looked up each time", 401),
    WRONG_CHECKSUM("token with a wrong checksum", 401),
    NO_CREDENTIALS("no credentials", 401);

    private final String words;
    private final int status;

    Presented(String words, int status) {
        this.words = words;
        this.status = status;
    }

    public String words() {
        return words;
    }

    /** What an application answers that looks at tokens. */
    public int status() {
        return status;
    }

    int statusFrom(Application application) {
        return application == Application.BARE ? 200 : status;
    }
}
