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
            chain.doFilter(handedOn, response);
            return;
        }
        Problem problem = problem(type, request, admission);
        if (problem != null && type == DispatcherType.INCLUDE) throw new RefusedInclude(problem);
        if (problem != null) {
            refusal.write(problem, request, response);
            return;
        }
        try {
            chain.doFilter(handedOn, response);
        } catch (RefusedInclude e) {
            if (type == DispatcherType.INCLUDE || response.isCommitted()) throw e;
            refusal.write(e.problem(), request, response);
        } finally {
            boolean over = type == DispatcherType.REQUEST || type == DispatcherType.ASYNC;
            if (over && !request.isAsyncStarted()) admission.forgetCredential();
        }
    }

    /** Who the request comes from: found out once, remembered in an attribute for later dispatches. */
    private Admission admission(HttpServletRequest request) {
        if (request.getAttribute(AccessToken.ATTRIBUTE) instanceof Admission earlier && earlier.madeBy(check)) {
            return earlier;
        }
        Admission admission = check.authenticate(
                request.getHeaders("Authorization").asIterator(), ClientAddress.ofPeer(request.getRemoteAddr()));
        request.setAttribute(AccessToken.ATTRIBUTE, admission);
        return admission;
    }

    private HttpServletRequest handedOn(HttpServletRequest request, HttpServletResponse response, Admission admission) {
        AccessToken token = admission.accessToken();
        if (token == null) return request;
        boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
        if (!first && token.equals(request.getUserPrincipal())) return request; // wrapped on its way here
        return new AdmittedRequest(request, response, check, admission, token);
    }

    private @Nullable Problem problem(DispatcherType type, HttpServletRequest request, Admission admission) {
        Target target = type == DispatcherType.INCLUDE ? Target.ofInclude(request) : Target.of(request);
        ScopeRule rule = rules.first(request.getMethod(), target);
        Requirement servlet = servlets.of(target);
        boolean preflight = permitPreflight && type == DispatcherType.REQUEST && Preflight.is(request);
        try {
            if (rule != null && !(preflight && rule.requirement().access() != Requirement.Access.DENY)) {
                check.authorize(admission, rule.requirement(), name -> rule.variable(target, name));
            }
            if (servlet != null) check.authorize(admission, servlet, name -> null);
            if (rule == null && servlet == null && !preflight) check.authorize(admission, byDefault, name -> null);
            return null;
        } catch (AccessDenied e) {
            return e.problem();
        } catch (Unavailable e) {
            return e.problem();
        }
    }

    /** An included resource was refused: the request that includes it is answered with the refusal. */
    private static final class RefusedInclude extends ServletException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        RefusedInclude(Problem problem) {
            super("an included resource was refused: " + problem.code());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
