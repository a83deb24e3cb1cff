package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets a request reach one resource method, or answers why not. Immutable. */
@Priority(Priorities.AUTHORIZATION)
final class AccessFilter implements ContainerRequestFilter {
    /** The property of a request without a token that says: a resource method was reached, so the answer is its own. */
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
        if (admission.accessToken() == null) request.setProperty(REACHED, true);
        List<Object> matched = request.getUriInfo().getMatchedResources();
        for (int i = 0; i < matched.size(); i++) locators.check(matched.get(i).getClass());
        if (!need.declared() && permitPreflight && Preflight.is(request)) return;
        try {
            check.authorize(admission, need, parameters(request));
            if (check.limits(need)) limit(request, admission);
        } catch (AccessDenied e) {
            request.abortWith(answers.of(e.problem()));
        } catch (Unavailable e) {
            request.abortWith(answers.of(e.problem()));
        }
    }

    private void limit(ContainerRequestContext request, Admission admission) throws AccessDenied, Unavailable {
        if (!(request.getProperty(MeteredResponse.ATTRIBUTE) instanceof MeteredResponse response)) {
            throw new IllegalStateException("an export can only be limited behind the servlet filter");
        }
        ExportMeter meter = check.export(admission, need, parameters(request), response.isHead());
        if (meter != null) ExportInterceptor.begin(request, meter, response);
    }

    /** The values of the path's parameters, for a requirement that names a resource; nothing is made for others. */
    private Function<String, @Nullable String> parameters(ContainerRequestContext request) {
        return need.resource() == null && need.export() == null ? AccessFilter::none : name -> parameter(request, name);
    }

    private static @Nullable String none(String name) {
        return null;
    }

    /**
     * A path parameter's value. Engines differ in which one they hand to the method where a root and its sub-resource both
     * have the parameter, so different values are a mistake, and the method does not run.
     */
    private static @Nullable String parameter(ContainerRequestContext request, String name) {
        List<String> values = request.getUriInfo().getPathParameters().get(name);
        if (values == null || values.isEmpty()) return null;
        for (String value : values) {
            if (!value.equals(values.get(0))) {
                throw new IllegalStateException("the path has different values for its parameter '" + name + "'");
            }
        }
        return values.get(0);
    }
}
