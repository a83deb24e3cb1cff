package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where no method was reached and nobody was admitted, the engine's own 404, 405, 406, 415 or list of methods would tell
 * strangers what exists: the answer is the refusal instead.
 */
@Priority(Integer.MAX_VALUE) // before the application's own, which then log and decorate what is sent
final class UnmatchedAnswers implements ContainerResponseFilter {
    private static final Set<Integer> MATCHING = Set.of(404, 405, 406, 415);
    private static final Requirement ANY_TOKEN = Requirement.of(Requirement.Access.TOKEN);

    private final AccessCheck check;
    private final Answers answers;
    private final boolean permitPreflight;

    UnmatchedAnswers(AccessCheck check, Answers answers, boolean permitPreflight) {
        this.check = check;
        this.answers = answers;
        this.permitPreflight = permitPreflight;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Admission admission = Authentication.of(request, check);
        if (admission == null || admission.accessToken() != null) return;
        Problem refusal = request.getProperty(AccessFilter.REACHED) == null ? refusal(admission) : null;
        if (refusal != null && isEnginesOwn(request, response)) answers.replace(response, refusal);
    }

    private boolean isEnginesOwn(ContainerRequestContext request, ContainerResponseContext response) {
        if (MATCHING.contains(response.getStatus())) return true;
        boolean listed = request.getMethod().equals("OPTIONS") && response.getStatus() < 300;
        return listed && !(permitPreflight && Preflight.is(request));
    }

    private @Nullable Problem refusal(Admission admission) {
        try {
            check.authorize(admission, ANY_TOKEN, name -> null);
            return null;
        } catch (AccessDenied e) {
            return e.problem();
        } catch (Unavailable e) {
            return e.problem();
        }
    }
}
