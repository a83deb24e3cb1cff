package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.AccessToken;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before a resource is matched, who a request comes from: what the servlet filter found out, or else by the
 * request's own header. Refuses nothing.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
class Authentication implements ContainerRequestFilter {
    /** In small letters, as maps of headers keep them: Jersey's makes a text in small letters of any other. */
    private static final String AUTHORIZATION = "authorization";

    private final AccessCheck check;
    private final Supplier<ClientAddress> peer = this::peer;

    Authentication(AccessCheck check) {
        this.check = check;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Admission admission = of(request, check);
        if (admission == null) {
            List<String> lines = request.getHeaders().get(AUTHORIZATION);
            String line = lines == null || lines.isEmpty() ? null : lines.get(0);
            admission = check.authenticate(line, lines != null && lines.size() > 1, peer);
            request.setProperty(AccessToken.ATTRIBUTE, admission);
        }
        if (admission.accessToken() != null) {
            request.setSecurityContext(new TokenSecurityContext(check, admission, request.getSecurityContext()));
        }
    }

    /** The other end of the connection; unknown where the engine cannot say. */
    ClientAddress peer() {
        return ClientAddress.UNKNOWN;
    }

    /** What is known of the request's sender; null before anybody has looked. */
    static @Nullable Admission of(ContainerRequestContext request, AccessCheck check) {
        if (request.getSecurityContext() instanceof TokenSecurityContext ours
                && ours.admission().madeBy(check)) {
            return ours.admission(); // quicker to get at than a request's attributes
        }
        Object known = request.getProperty(AccessToken.ATTRIBUTE);
        return known instanceof Admission admission && admission.madeBy(check) ? admission : null;
    }
}
