package dev.scopegate.sample.hub;

import dev.scopegate.issuer.Issuer;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The sign-in form at {@code /login}, and at {@code /logout} the end of a session. Both take a form alone, with what proves that it
 * is ours; parameters of the query are not looked at.
 */
public final class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int MOST_OF_A_NAME = 200;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/logout")) {
            response.sendError(405);
            return;
        }
        show(request, response, 200, null, LoginPage.place(request.getParameter("next")));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (request.getQueryString() != null || !isForm(request.getContentType())) {
            response.sendError(request.getQueryString() == null ? 415 : 400); // a password in a query would be logged
            return;
        }
        String next = LoginPage.place(request.getParameter("next"));
        Issuer issuer = HubListener.hub(getServletContext()).issuer();
        try {
            issuer.checkForm(request, request.getParameter("csrf"));
            if (request.getServletPath().equals("/logout")) SessionFilter.signOut(request);
            else signIn(issuer, request);
        } catch (AccessDenied e) {
            refuse(request, response, e.problem(), next);
            return;
        } catch (Unavailable e) {
            refuse(request, response, e.problem(), next);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Location", request.getContextPath() + (next == null ? "/login" : next));
        response.setStatus(303);
    }

    private static void signIn(Issuer issuer, HttpServletRequest request) throws AccessDenied, Unavailable {
        String name = request.getParameter("username");
        String password = request.getParameter("password");
        if (name == null || password == null) throw new AccessDenied(Problem.authenticationFailed());
        SessionFilter.signIn(request, issuer.login().check(name, password, issuer.from(request)));
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, Problem problem, @Nullable String next)
            throws IOException {
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        if (problem.status() == 401) {
            // a 401 names a way to sign in (RFC 9110 §15.5.2), and browsers ask for nothing by this one
            response.setHeader("WWW-Authenticate", "Bearer realm=\"open-data hub\"");
        }
        String said = switch (problem.status()) {
            case 401 -> "Name or password is wrong.";
            case 403 -> "The form had grown old. Please try again.";
            case 429 -> "Too many attempts. Please wait a minute.";
            default -> "Nobody can sign in for the moment. Please try again.";
        };
        show(request, response, problem.status(), said, next);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String said,
            @Nullable String next)
            throws IOException {
        Principal user = request.getUserPrincipal();
        String csrf = HubListener.hub(getServletContext()).issuer().formToken(request, response);
        String page = user == null
                ? LoginPage.form(request.getContextPath(), csrf, said, next, said == null ? "" : name(request))
                : LoginPage.signedIn(request.getContextPath(), csrf, user.getName());
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(body.length);
        LoginPage.HEADERS.forEach(response::setHeader);
        response.getOutputStream().write(body);
    }

    /** What was typed as a name, so that it need not be typed again. */
    private static String name(HttpServletRequest request) {
        String name = request.getParameter("username");
        return name == null || name.length() > MOST_OF_A_NAME ? "" : name;
    }

    private static boolean isForm(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded");
    }
}
