package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a request comes from: what the servlet filter found out, or else by the request's own header. Refuses nothing
 * but what {@link UnmatchedAnswers} does. Looks before a resource is matched, unless every request has passed the servlet filter:
 * engines sort such filters anew for each request.
 */
@PreMatching
class Authentication implements ContainerRequestFilter, ContainerResponseFilter {
    private final AccessCheck check;
    private final UnmatchedAnswers unmatched;
    private final boolean beforeMatching;

    Authentication(AccessCheck check, UnmatchedAnswers unmatched, boolean beforeMatching) {
        this.check = check;
        this.unmatched = unmatched;
        this.beforeMatching = beforeMatching;
    }

    void register(FeatureContext context) {
        Map<Class<?>, Integer> answering = Map.of(
                ContainerResponseFilter.class,
                Integer.MAX_VALUE); // before the application's own, which then log and decorate what is sent
        Map<Class<?>, Integer> both = Map.of(
                ContainerRequestFilter.class,
                Priorities.AUTHENTICATION,
                ContainerResponseFilter.class,
                Integer.MAX_VALUE);
        context.register(this, beforeMatching ? both : answering);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        introduce(request, of(request));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // another filter may have answered before this could look: that answer is its own
        Admission admission = beforeMatching ? known(request) : of(request);
        if (admission != null) unmatched.filter(request, response, admission);
    }

    /** Who the request comes from. */
    Admission of(ContainerRequestContext request) {
        Admission known = known(request);
        if (known != null) return known;
        List<String> lines = request.getHeaders().getOrDefault("Authorization", List.of());
        Admission admission = check.authenticate(lines.iterator(), this::peer);
        request.setProperty(AccessToken.ATTRIBUTE, admission);
        return admission;
    }

    private @Nullable Admission known(ContainerRequestContext request) {
        Object known = request.getProperty(AccessToken.ATTRIBUTE);
        return known instanceof Admission admission && admission.madeBy(check) ? admission : null;
    }

    /** The other end of the connection; unknown where the engine cannot say. */
    ClientAddress peer() {
        return ClientAddress.UNKNOWN;
    }

    /** {@link #of} for a resource that is about to run, and sees the token as its principal. */
    Admission reached(ContainerRequestContext request) {
        Admission known = known(request);
        Admission admission = known == null ? of(request) : known;
        if (known == null || (!beforeMatching && isMisnamed(request, admission))) introduce(request, admission);
        return admission;
    }

    /** Whether the engine's own security context is the servlet request's but for the scheme, which one takes from the header. */
    private static boolean isMisnamed(ContainerRequestContext request, Admission admission) {
        SecurityContext engines = request.getSecurityContext();
        return engines.getUserPrincipal() == admission.accessToken()
                && !TokenSecurityContext.AUTHENTICATION_SCHEME.equals(engines.getAuthenticationScheme());
    }

    private void introduce(ContainerRequestContext request, Admission admission) {
        if (admission.accessToken() == null) return;
        request.setSecurityContext(new TokenSecurityContext(check, admission, request.getSecurityContext()));
    }
}
