package dev.scopegate.security;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.access.Scopegate;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.problem.Challenge;
import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.Scope;
import dev.scopegate.token.AccessToken;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Jakarta Security mechanism by which the whole server knows a token's owner: the caller principal is the
 * {@link AccessToken}, the groups are all scopes that the token grants, implied ones included, so that
 * {@code @RolesAllowed} of an EJB means scopes. It decides nothing by itself: the application's {@link AccessCheck} reads
 * the token, and the filter and the JAX-RS feature go on with what it found.
 *
 * <p>It is no bean until the application makes it one, since a second mechanism in an application is a deployment error:
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Mechanism extends BearerTokenMechanism {}
 * }</pre>
 *
 * <p>Safe for any number of threads.
 */
public class BearerTokenMechanism implements HttpAuthenticationMechanism {
    private static final Requirement ANY_TOKEN = Requirement.of(Requirement.Access.TOKEN);

    /**
     * Signs the token's owner in, for this request. A request without a token, or with a bad one, goes on as anonymous to the
     * filter, which knows what is open; where a constraint of the container asks for a caller, it is refused here.
     */
    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        Scopegate scopegate = of(request);
        AccessCheck check = scopegate.check();
        Admission admission = known(request, check);
        if (admission == null) {
            ClientAddresses addresses = check.addresses();
            admission = check.authenticate(
                    request.getHeaders("Authorization").asIterator(),
                    () -> addresses.of(request.getRemoteAddr(), request::getHeaders));
            request.setAttribute(AccessToken.ATTRIBUTE, admission);
        }
        AccessToken token = admission.accessToken();
        if (token != null) return context.notifyContainerAboutLogin(token, groups(scopegate, token));
        // code that asks SecurityContext.authenticate is told, and answers itself: Payara does so before resources for
        // everybody
        if (!context.isProtected() || context.isAuthenticationRequest()) return context.doNothing();
        Problem problem = check.refusal(admission, ANY_TOKEN, name -> null);
        if (problem == null) throw new IllegalStateException("a request without a token was not refused");
        try {
            refuse(problem, scopegate.challenge(), request, response);
        } catch (IOException e) {
            throw new AuthenticationException("the refusal could not be sent", e);
        }
        return AuthenticationStatus.SEND_FAILURE;
    }

    /** The request is over: what still holds the admission does not hold the credential any more. */
    @Override
    public AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Admission admission = known(request, of(request).check());
        if (admission != null && !request.isAsyncStarted()) admission.forgetCredential();
        return AuthenticationStatus.SUCCESS;
    }

    private static Scopegate of(HttpServletRequest request) {
        Object present = request.getServletContext().getAttribute(Scopegate.ATTRIBUTE);
        if (present instanceof Scopegate scopegate) return scopegate;
        throw new IllegalStateException(
                "there is no Scopegate in the ServletContext: register BearerTokenFilter in web.xml,"
                        + " or put one there under Scopegate.ATTRIBUTE in a ServletContextListener");
    }

    private static @Nullable Admission known(HttpServletRequest request, AccessCheck check) {
        Object known = request.getAttribute(AccessToken.ATTRIBUTE);
        return known instanceof Admission admission && admission.madeBy(check) ? admission : null;
    }

    private static Set<String> groups(Scopegate scopegate, AccessToken token) {
        Set<String> groups = new LinkedHashSet<>();
        for (Scope scope : scopegate.catalog().scopes()) {
            if (scopegate.check().grants(token, scope.name())) groups.add(scope.name());
        }
        return groups;
    }

    private static void refuse(
            Problem problem, Challenge challenge, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) return;
        byte[] body = ErrorEnvelope.of(problem);
        response.setStatus(problem.status());
        response.setContentType(ErrorEnvelope.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        String challenged = challenge.of(problem);
        if (challenged != null) response.setHeader("WWW-Authenticate", challenged);
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        if (!"HEAD".equals(request.getMethod())) response.getOutputStream().write(body);
        response.flushBuffer(); // WildFly puts a page of its own in the place of what it could still change
    }
}
