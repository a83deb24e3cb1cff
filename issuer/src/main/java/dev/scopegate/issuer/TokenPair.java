package dev.scopegate.issuer;

import java.time.Instant;

/** What an API key is exchanged for, in the clear: an access token and the refresh token for the next. Held as long as the answer takes. */
public final class TokenPair {
    private final String access;
    private final Instant expires;
    private final String refresh;

    TokenPair(String access, Instant expires, String refresh) {
        this.access = access;
        this.expires = expires;
        this.refresh = refresh;
    }

    /** When the access token expires. */
    public Instant expires() {
        return expires;
    }

    /** The access token itself. */
    public String revealAccess() {
        return access;
    }

    /** The refresh token itself. */
    public String revealRefresh() {
        return refresh;
    }

    /** When it expires; never the tokens. */
    @Override
    public String toString() {
        return "TokenPair[expires " + expires + "]";
    }
}
