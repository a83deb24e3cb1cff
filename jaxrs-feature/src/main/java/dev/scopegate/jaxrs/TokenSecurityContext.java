package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The security context of a request that was let in: its principal is the token, its roles are the token's scopes. */
final class TokenSecurityContext implements SecurityContext {
    private static final String AUTHENTICATION_SCHEME = "BEARER";

    private final AccessCheck check;
    private final Admission admission;
    private final boolean secure;

    TokenSecurityContext(AccessCheck check, Admission admission, SecurityContext before) {
        this.check = check;
        this.admission = admission;
        this.secure = before != null && before.isSecure();
    }

    Admission admission() {
        return admission;
    }

    /** Asked for each time: a live look-up may have renewed it. */
    private AccessToken token() {
        return Objects.requireNonNull(admission.accessToken());
    }

    @Override
    public Principal getUserPrincipal() {
        return token();
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return check.grants(token(), role);
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
