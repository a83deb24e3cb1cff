package dev.scopegate.engines;

/** What stands before the engine. */
enum Front {
    /** The feature alone. */
    NONE,
    /** The filter, which lets nobody in without a token. */
    FILTER,
    /** The filter with a rule that opens every path, so that annotations decide. */
    OPEN_FILTER;

    String path() {
        return "/" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
