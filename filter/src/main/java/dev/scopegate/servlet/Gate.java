package dev.scopegate.servlet;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.ClientAddresses;
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
import java.time.Instant;
import java.util.Enumeration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One started filter: what happens to a request, dispatch by dispatch. Immutable. */
final class Gate {
    /** Tells those who use a personal token that it expires soon, and when: ISO 8601, UTC. */
    private static final String EXPIRATION = "Scopegate-Token-Expiration";

    private static final String IN_ERROR_PAGE = "dev.scopegate.servlet.error-page";

    private final AccessCheck check;
    private final ScopeRules rules;
    private final ServletRequirements servlets;
    private final Requirement byDefault;
    private final boolean permitPreflight;
    private final Refusal refusal;
    private final @Nullable ExportLimits limits;
    private final boolean sharesRequest;

    Gate(
            AccessCheck check,
            ScopeRules rules,
            ServletRequirements servlets,
            Requirement byDefault,
            boolean permitPreflight,
            Refusal refusal,
            @Nullable ExportLimits limits,
            boolean sharesRequest) {
        this.check = check;
        this.rules = rules;
        this.servlets = servlets;
        this.byDefault = byDefault;
        this.permitPreflight = permitPreflight;
        this.refusal = refusal;
        this.limits = limits;
        this.sharesRequest = sharesRequest;
    }

    void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        if (limits != null && type == DispatcherType.FORWARD) limits.beginAnew(request);
        if (limits != null && type == DispatcherType.ASYNC && limits.ends(request, refusal)) return;
        if (type == DispatcherType.REQUEST && !RawPath.isSafe(request.getRequestURI())) {
            refusal.write(Problem.badRequest(), request, response);
            return;
        }
        Admission known = known(type, request);
        Admission admission = known == null ? authenticate(request) : known;
        boolean first = known == null || isEntry(type, request);
        Instant end = type == DispatcherType.REQUEST && first ? check.expiresSoon(admission) : null;
        if (end != null) response.setHeader(EXPIRATION, end.toString());
        if (type == DispatcherType.ERROR) {
            passError(request, response, chain, admission, first);
            return;
        }
        boolean inErrorPage = type != DispatcherType.REQUEST && request.getAttribute(IN_ERROR_PAGE) == this;
        Problem problem = inErrorPage ? null : problem(type, request, admission);
        if (problem != null) {
            refuse(type, problem, request, response);
            return;
        }
        try {
            handOn(type, request, response, chain, admission, first);
        } catch (ServletException | RuntimeException e) {
            RefusedInclude refused = RefusedInclude.in(e);
            if (refused == null || inErrorPage || type == DispatcherType.INCLUDE || response.isCommitted()) throw e;
            refusal.replace(refused.problem(), request, response);
        }
    }

    private void refuse(DispatcherType type, Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (type == DispatcherType.INCLUDE) throw new RefusedInclude(problem);
        if (type == DispatcherType.REQUEST) refusal.write(problem, request, response);
        else refusal.replace(problem, request, response);
    }

    /** An error page is never refused, nor what it forwards to or includes. */
    private void passError(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Admission admission,
            boolean first)
            throws IOException, ServletException {
        if (ExportLimits.isCutOff(request)) return; // what is missing must not be filled up
        request.setAttribute(IN_ERROR_PAGE, this);
        try {
            handOn(DispatcherType.ERROR, request, response, chain, admission, first);
        } finally {
            request.removeAttribute(IN_ERROR_PAGE);
        }
    }

    /** What follows in the chain sees the admission, and so does every later dispatch; when the first is over, the credential goes. */
    private void handOn(
            DispatcherType type,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Admission admission,
            boolean first)
            throws IOException, ServletException {
        HttpServletResponse answer = limited(type, request, response, admission);
        AdmittedRequest admitted = admitted(type, request, answer, admission);
        if (admitted == null && first) request.setAttribute(AccessToken.ATTRIBUTE, admission);
        if (admitted != null && sharesRequest) admitted.handOver();
        HttpServletRequest seen = admitted == null ? request : admitted;
        boolean failed = true;
        try {
            Problem problem = limits == null || servlets.isEmpty() ? null : arm(type, seen, admission);
            if (problem != null) refuse(type, problem, request, response);
            else if (limits == null) chain.doFilter(seen, answer);
            else limits.pass(type, seen, answer, chain, refusal);
            failed = false;
        } finally {
            // the container's error page begins with its own request
            if (admitted != null && (failed || response.getStatus() >= 400)) admitted.handOver();
            if (first ? admitted == null || !admitted.hasStartedAsync() : isAsyncOver(type, request)) {
                admission.forgetCredential();
            }
        }
    }

    /** The response that a limit can be laid on later, which is decided only where the resource is known. */
    private HttpServletResponse limited(
            DispatcherType type, HttpServletRequest request, HttpServletResponse response, Admission admission) {
        if (limits == null || type != DispatcherType.REQUEST || admission.accessToken() == null) return response;
        return response instanceof LimitedResponse ? response : limits.on(request, response);
    }

    /** Lays the limits on the response that the target's class names; null, or why it may not begin. */
    private @Nullable Problem arm(DispatcherType type, HttpServletRequest request, Admission admission) {
        Requirement need = type == DispatcherType.ERROR
                ? null
                : servlets.of(Target.mapping(request, type == DispatcherType.INCLUDE));
        if (need == null || need.export() == null) return null;
        Object answer = request.getAttribute(MeteredResponse.ATTRIBUTE);
        if (answer instanceof LimitedResponse limited
                && !limited.isNewlyLimitedBy(need.export().toString())) return null;
        try {
            ExportMeter meter = check.export(admission, need, ScopeRule::none, "HEAD".equals(request.getMethod()));
            if (meter == null) return null;
            if (!(answer instanceof MeteredResponse response)) {
                throw new IllegalStateException("a limited servlet was reached past the filter's response");
            }
            var unused = response.arm(meter);
            return null;
        } catch (AccessDenied e) {
            return e.problem();
        } catch (Unavailable e) {
            return e.problem();
        }
    }

    private static boolean isAsyncOver(DispatcherType type, HttpServletRequest request) {
        return type == DispatcherType.ASYNC && !request.isAsyncStarted();
    }

    /** Whether the request comes from outside, and not from a filter of ours before this one. */
    private static boolean isEntry(DispatcherType type, HttpServletRequest request) {
        return type == DispatcherType.REQUEST && !(request instanceof AdmittedRequest);
    }

    /** What an earlier dispatch found out, or the container's authentication mechanism; null when this is the first. */
    private @Nullable Admission known(DispatcherType type, HttpServletRequest request) {
        if (isEntry(type, request) && !sharesRequest) return null;
        Object known = request.getAttribute(AccessToken.ATTRIBUTE);
        return known instanceof Admission earlier && earlier.madeBy(check) ? earlier : null;
    }

    private Admission authenticate(HttpServletRequest request) {
        ClientAddresses addresses = check.addresses();
        Supplier<ClientAddress> from = addresses.isDirect() // the smaller closure for most
                ? () -> ClientAddress.ofPeer(request.getRemoteAddr())
                : () -> addresses.of(request.getRemoteAddr(), request::getHeaders);
        Enumeration<String> lines = request.getHeaders("Authorization");
        String line = lines.hasMoreElements() ? lines.nextElement() : null;
        return check.authenticate(line, lines.hasMoreElements(), from);
    }

    /** The request as its token makes it; null where there is no token, or it was wrapped on its way here. */
    private @Nullable AdmittedRequest admitted(
            DispatcherType type, HttpServletRequest request, HttpServletResponse response, Admission admission) {
        AccessToken token = admission.accessToken();
        if (token == null) return null;
        if (type != DispatcherType.REQUEST && token.equals(request.getUserPrincipal())) return null;
        return new AdmittedRequest(request, response, check, admission);
    }

    private @Nullable Problem problem(DispatcherType type, HttpServletRequest request, Admission admission) {
        boolean include = type == DispatcherType.INCLUDE;
        String method = request.getMethod();
        ScopeRule rule = null;
        String path = "";
        if (!rules.isEmpty()) {
            Target target = Target.of(request, include);
            path = target.path();
            rule = rules.first(method, target);
        }
        Requirement servlet = servlets.isEmpty() ? null : servlets.of(Target.mapping(request, include));
        boolean preflight = permitPreflight && type == DispatcherType.REQUEST && Preflight.is(method, request);
        boolean passes = preflight && rule != null && rule.requirement().access() != Requirement.Access.DENY;
        Problem problem = null;
        if (rule != null && !passes) problem = check.refusal(admission, rule.requirement(), rule.variables(path));
        if (problem == null && servlet != null) problem = check.refusal(admission, servlet, ScopeRule::none);
        boolean undeclared = rule == null && servlet == null && !preflight;
        return undeclared ? check.refusal(admission, byDefault, ScopeRule::none) : problem;
    }
}
