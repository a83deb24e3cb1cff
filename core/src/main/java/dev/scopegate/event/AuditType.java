package dev.scopegate.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an event tells of. */
public enum AuditType {
    TOKEN_MINTED,
    /** A token was let in: told once an interval and token, not for each request. */
    TOKEN_USED,
    TOKEN_EDITED,
    TOKEN_ROTATED,
    TOKEN_REVOKED,
    TOKEN_DELETED,
    /** An active token comes near its expiry: told once. */
    TOKEN_EXPIRING,
    /** Tokens that had been dead for long were removed: as many as {@code records} says. */
    TOKENS_PURGED,
    /** A credential opened nothing; the code says why, which the answer never does. */
    TOKEN_REFUSED,
    /** A token that is good may not do what was asked. */
    ACCESS_REFUSED,
    /** A limited response ended, with what left of the resource; or was refused. */
    EXPORT,
    /** The export policy of a resource was set or removed. */
    POLICY_CHANGED,
    /** Somebody signed in, by a password or an API key's secret, or failed to. */
    LOGIN,
    /** A key that signs JWTs took the place of others; {@code resource} is its id. */
    KEY_ROTATED;

    /** As it is written in JSON: lower case, words joined by {@code _}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type that is written so. */
    public static Optional<AuditType> ofWireName(String text) {
        return Stream.of(values()).filter(type -> type.wireName().equals(text)).findFirst();
    }
}
