package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Lets a request reach one resource method, or answers why not. Immutable. */
@Priority(Priorities.AUTHORIZATION)
final class AccessFilter implements ContainerRequestFilter {
    /** The request property that says: a resource method was reached, so an answer is the application's own. */
    static final String REACHED = "dev.scopegate.jaxrs.reached";

    private final AccessCheck check;
    private final Requirement need;
    private final Answers answers;
    private final boolean permitPreflight;
    private final Locators locators;

    AccessFilter(AccessCheck check, Requirement need, Answers answers, boolean permitPreflight, Locators locators) {
        this.check = check;
        this.need = need;
        this.answers = answers;
        this.permitPreflight = permitPreflight;
        this.locators = locators;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Admission admission = Authentication.of(request, check);
        if (admission == null) throw new IllegalStateException("nobody has looked who the request comes from");
        request.setProperty(REACHED, true);
        for (Object resource : request.getUriInfo().getMatchedResources()) locators.check(resource.getClass());
        if (!need.declared() && permitPreflight && Preflight.is(request)) return;
        try {
            check.authorize(
                    admission,
                    need,
                    name -> request.getUriInfo().getPathParameters().getFirst(name));
        } catch (AccessDenied e) {
            request.abortWith(answers.of(e.problem()));
        } catch (Unavailable e) {
            request.abortWith(answers.of(e.problem()));
        }
    }
}
