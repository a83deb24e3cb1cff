package dev.scopegate.jaxrs;

/** What stands between a client and the resources. */
enum Front {
    /** The feature alone, which authenticates by itself. */
    NONE,
    /** The servlet filter with its defaults: nobody without a token gets through. */
    FILTER,
    /** The servlet filter with a rule that opens every path, so that the feature decides. */
    OPEN_FILTER;

    String path() {
        return "/" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
