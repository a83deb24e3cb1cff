package dev.scopegate.sample.api;

import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.core.SecurityContext;

/** Who asks. */
final class Caller {
    private Caller() {}

    /** The token that the request was let in with; every method of the hub wants one. */
    static AccessToken token(SecurityContext security) {
        if (security.getUserPrincipal() instanceof AccessToken token) return token;
        throw new IllegalStateException("a method that needs a token was reached without one");
    }
}
