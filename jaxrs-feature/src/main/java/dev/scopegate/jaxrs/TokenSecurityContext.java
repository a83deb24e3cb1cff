package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The security context of a request that was let in: its principal is the token, its roles are the token's scopes. */
final class TokenSecurityContext implements SecurityContext {
    private static final String AUTHENTICATION_SCHEME = "BEARER";

    private final AccessCheck check;
    private final AccessToken token;
    private final boolean secure;

    TokenSecurityContext(AccessCheck check, AccessToken token, SecurityContext before) {
        this.check = check;
        this.token = token;
        this.secure = before != null && before.isSecure();
    }

    @Override
    public Principal getUserPrincipal() {
        return token;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return check.grants(token, role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return AUTHENTICATION_SCHEME;
    }
}
