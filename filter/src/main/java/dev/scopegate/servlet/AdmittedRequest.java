package dev.scopegate.servlet;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that was let in: its principal is the token, its roles are the token's scopes. */
final class AdmittedRequest extends HttpServletRequestWrapper {
    private static final String AUTH_TYPE = "BEARER";

    private final ServletResponse response;
    private final AccessCheck check;
    private final Admission admission;
    private boolean startedAsync;

    AdmittedRequest(HttpServletRequest request, ServletResponse response, AccessCheck check, Admission admission) {
        super(request);
        this.response = response;
        this.check = check;
        this.admission = admission;
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
    public String getRemoteUser() {
        return token().owner();
    }

    @Override
    public String getAuthType() {
        return AUTH_TYPE;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return check.grants(token(), role);
    }

    /** Hands on this request and the response as filters have made them, not the container's bare ones. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        AsyncContext context = super.startAsync(servletRequest, servletResponse);
        startedAsync = true;
        context.addListener(new ForgetCredential(admission));
        return context;
    }

    /** Whether asynchronous work was begun through this object, however far it has come. */
    boolean hasStartedAsync() {
        return startedAsync;
    }
}
