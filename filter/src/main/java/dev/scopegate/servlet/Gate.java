package dev.scopegate.servlet;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One started filter: what happens to a request, dispatch by dispatch. Immutable. */
final class Gate {
    private static final String IN_ERROR_PAGE = "dev.scopegate.servlet.error-page";

    private final AccessCheck check;
    private final ScopeRules rules;
    private final ServletRequirements servlets;
    private final Requirement byDefault;
    private final boolean permitPreflight;
    private final Refusal refusal;

    Gate(
            AccessCheck check,
            ScopeRules rules,
            ServletRequirements servlets,
            Requirement byDefault,
            boolean permitPreflight,
            Refusal refusal) {
        this.check = check;
        this.rules = rules;
        this.servlets = servlets;
        this.byDefault = byDefault;
        this.permitPreflight = permitPreflight;
        this.refusal = refusal;
    }

    void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        if (type == DispatcherType.REQUEST && !RawPath.isSafe(request.getRequestURI())) {
            refusal.write(Problem.badRequest(), request, response);
            return;
        }
        Admission admission = admission(request);
        HttpServletRequest handedOn = handedOn(request, response, admission);
        if (type == DispatcherType.ERROR) {
            passError(handedOn, response, chain);
            return;
        }
        if (type != DispatcherType.REQUEST && request.getAttribute(IN_ERROR_PAGE) == this) {
            chain.doFilter(handedOn, response);
            return;
        }
        Problem problem = problem(type, request, admission);
        if (problem != null && type == DispatcherType.INCLUDE) throw new RefusedInclude(problem);
        if (problem != null) {
            if (type == DispatcherType.REQUEST) refusal.write(problem, request, response);
            else refusal.replace(problem, request, response);
            return;
        }
        try {
            chain.doFilter(handedOn, response);
        } catch (ServletException | RuntimeException e) {
            RefusedInclude refused = RefusedInclude.in(e);
            if (refused == null || type == DispatcherType.INCLUDE || response.isCommitted()) throw e;
            refusal.replace(refused.problem(), request, response);
        } finally {
            if (isOver(type, request, handedOn)) admission.forgetCredential();
        }
    }

    /** An error page is never refused, nor what it forwards to or includes. */
    private void passError(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(IN_ERROR_PAGE, this);
        try {
            chain.doFilter(request, response);
        } finally {
            request.removeAttribute(IN_ERROR_PAGE);
        }
    }

    /** Whether the request ends with this dispatch. Asking the container takes a lock, so the first one asks its wrapper. */
    private static boolean isOver(DispatcherType type, HttpServletRequest request, HttpServletRequest handedOn) {
        if (type == DispatcherType.ASYNC) return !request.isAsyncStarted();
        return type == DispatcherType.REQUEST && !(handedOn instanceof AdmittedRequest own && own.hasStartedAsync());
    }

    /** Who the request comes from: found out once, remembered in an attribute for later dispatches. */
    private Admission admission(HttpServletRequest request) {
        boolean first = request.getDispatcherType() == DispatcherType.REQUEST && !(request instanceof AdmittedRequest);
        Object known = first ? null : request.getAttribute(AccessToken.ATTRIBUTE);
        if (known instanceof Admission earlier && earlier.madeBy(check)) return earlier;
        Admission admission = check.authenticate(
                request.getHeaders("Authorization").asIterator(), () -> ClientAddress.ofPeer(request.getRemoteAddr()));
        request.setAttribute(AccessToken.ATTRIBUTE, admission);
        return admission;
    }

    private HttpServletRequest handedOn(HttpServletRequest request, HttpServletResponse response, Admission admission) {
        AccessToken token = admission.accessToken();
        if (token == null) return request;
        boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
        if (!first && token.equals(request.getUserPrincipal())) return request; // wrapped on its way here
        return new AdmittedRequest(request, response, check, admission);
    }

    private @Nullable Problem problem(DispatcherType type, HttpServletRequest request, Admission admission) {
        boolean include = type == DispatcherType.INCLUDE;
        Target target = rules.isEmpty() ? Target.ANY : include ? Target.ofInclude(request) : Target.of(request);
        ScopeRule rule = rules.first(request.getMethod(), target);
        Requirement servlet = servlets.isEmpty() ? null : servlets.of(Target.mapping(request, include));
        boolean preflight = permitPreflight && type == DispatcherType.REQUEST && Preflight.is(request);
        try {
            boolean passes = preflight && rule != null && rule.requirement().access() != Requirement.Access.DENY;
            if (rule != null && !passes) check.authorize(admission, rule.requirement(), rule.variables(target));
            if (servlet != null) check.authorize(admission, servlet, name -> null);
            if (rule == null && servlet == null && !preflight) check.authorize(admission, byDefault, name -> null);
            return null;
        } catch (AccessDenied e) {
            return e.problem();
        } catch (Unavailable e) {
            return e.problem();
        }
    }
}
