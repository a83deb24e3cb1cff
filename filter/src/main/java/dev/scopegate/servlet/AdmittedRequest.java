package dev.scopegate.servlet;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in: its principal is the token, its roles are the token's scopes. It answers for the attribute
 * that holds the admission itself, until somebody else writes it or a dispatch may begin without this object: a map in the
 * container would be the dearest part of a check.
 */
final class AdmittedRequest extends HttpServletRequestWrapper {
    private static final String AUTH_TYPE = "BEARER";

    /** By this attribute Tomcat offers to send a file past the response's stream. */
    private static final String SENDFILE = "org.apache.tomcat.sendfile.support";

    /** By attributes that begin so it is told which file. */
    private static final String SENDFILE_OF = "org.apache.tomcat.sendfile.";

    private final ServletResponse response;
    private final AccessCheck check;
    private final Admission admission;
    private boolean handedOver;
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

    @Override
    public @Nullable Object getAttribute(String name) {
        if (isOwn(name)) return admission;
        return response instanceof LimitedResponse limited ? ofExport(name, limited) : super.getAttribute(name);
    }

    private @Nullable Object ofExport(String name, LimitedResponse limited) {
        if (MeteredResponse.ATTRIBUTE.equals(name)) return limited;
        if (limited.meter() == null) return super.getAttribute(name);
        if (ExportMeter.ATTRIBUTE.equals(name)) return limited.meter();
        return SENDFILE.equals(name) ? null : super.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Enumeration<String> names = super.getAttributeNames();
        if (handedOver) return names;
        Set<String> all = new LinkedHashSet<>(Collections.list(names));
        all.add(AccessToken.ATTRIBUTE);
        return Collections.enumeration(all);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (isOwn(name)) handedOver = true;
        if (isMetered() && name.startsWith(SENDFILE_OF)) {
            throw new IllegalStateException("a limited response is not sent past its stream");
        }
        super.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        if (isOwn(name)) handedOver = true;
        super.removeAttribute(name);
    }

    private boolean isOwn(String name) {
        return !handedOver && AccessToken.ATTRIBUTE.equals(name);
    }

    /** Puts the admission where a dispatch finds it that begins with the container's request. */
    void handOver() {
        if (!handedOver) setAttribute(AccessToken.ATTRIBUTE, admission);
    }

    private boolean isMetered() {
        return response instanceof LimitedResponse limited && limited.meter() != null;
    }

    /** Hands on this request and the response as filters have made them, not the container's bare ones. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        LimitedResponse limited = response instanceof LimitedResponse one ? one : null;
        if (isMetered() && limited != null && !limited.isIn(servletResponse)) {
            throw new IllegalStateException("a limited response is not handed on unwrapped");
        }
        handOver();
        ServletRequest again = limited != null && servletRequest instanceof HttpServletRequest http
                ? new AgainRequest(http, limited)
                : servletRequest;
        AsyncContext context = super.startAsync(again, servletResponse);
        startedAsync = true;
        context.addListener(new ForgetCredential(admission, limited));
        return limited == null ? context : new LimitedAsync(context, limited);
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        return response instanceof LimitedResponse limited ? new LimitedAsync(context, limited) : context;
    }

    /** Whether asynchronous work was begun through this object, however far it has come. */
    boolean hasStartedAsync() {
        return startedAsync;
    }
}
