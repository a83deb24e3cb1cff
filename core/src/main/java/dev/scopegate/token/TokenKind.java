package dev.scopegate.token;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a token is for. */
public enum TokenKind {
    /** A user's own long-lived token, also called account access token. */
    PERSONAL("sgp", true),
    /** A short-lived token minted from an API key or by OAuth. */
    ACCESS("sga", true),
    /** A refresh token: opens no resource, only the issuer takes it. */
    REFRESH("sgr", false),
    /** The secret half of an API key: opens no resource, only the issuer takes it. */
    API_KEY_SECRET("sgs", false),
    /** A JSON Web Token, of this service or of another issuer. */
    JWT(null, true),
    /** Any other server's token, known by introspection. */
    FOREIGN(null, true);

    private final @Nullable String standardPrefix;
    private final boolean opensResources;

    TokenKind(@Nullable String standardPrefix, boolean opensResources) {
        this.standardPrefix = standardPrefix;
        this.opensResources = opensResources;
    }

    /** The prefix that tokens of this kind have unless configured otherwise; null: they are not of our own format. */
    public @Nullable String standardPrefix() {
        return standardPrefix;
    }

    /** Whether a token of this kind may stand in an {@code Authorization: Bearer} header. */
    public boolean opensResources() {
        return opensResources;
    }

    /** The name used in JSON and in settings, such as {@code api_key_secret}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #wireName}. */
    public static TokenKind ofWireName(String wireName) {
        for (TokenKind kind : values()) {
            if (kind.wireName().equals(wireName)) return kind;
        }
        throw new IllegalArgumentException("unknown token kind '" + wireName + "'");
    }
}
