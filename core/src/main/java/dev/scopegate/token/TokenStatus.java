package dev.scopegate.token;

import java.util.Locale;

/** Whether a token can be used now. */
public enum TokenStatus {
    ACTIVE,
    EXPIRED,
    REVOKED;

    /** The name used in JSON, such as {@code active}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
