package dev.scopegate.sample.hub;

import dev.scopegate.issuer.UserDirectory;
import dev.scopegate.issuer.UserResolver;
import dev.scopegate.problem.Unavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Makes the user who is signed in the request's principal, an administrator in the role {@value UserResolver#ADMINISTRATOR_ROLE}. A
 * request with an {@code Authorization} header is judged by that alone.
 */
public final class SessionFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "dev.scopegate.sample.user";
    private static final String SINCE = "dev.scopegate.sample.signed-in";
    private static final int IDLE_SECONDS = 3_600;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String user = request.getHeader("Authorization") == null && request.getUserPrincipal() == null
                ? userOf(request)
                : null;
        chain.doFilter(user == null ? request : new SignedIn(request, user), response);
    }

    /** Who is signed in: nobody any more once the user is gone or has another password. */
    private static @Nullable String userOf(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(NAME) instanceof String name)
                || !(session.getAttribute(SINCE) instanceof Long since)) return null;
        try {
            UserDirectory.Entry user =
                    HubListener.hub(request.getServletContext()).users().find(name);
            return user == null || since != user.since().toEpochMilli() ? null : name;
        } catch (Unavailable e) {
            return null;
        }
    }

    /** Signs a user in: what was in the session before stays behind, its id included. */
    static void signIn(HttpServletRequest request, UserDirectory.Entry user) {
        HttpSession session = request.getSession();
        Collections.list(session.getAttributeNames()).forEach(session::removeAttribute);
        request.changeSessionId();
        session.setMaxInactiveInterval(IDLE_SECONDS);
        session.setAttribute(NAME, user.name());
        session.setAttribute(SINCE, user.since().toEpochMilli()); // the password that it was, whatever it is by now
    }

    static void signOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) session.invalidate();
    }

    /** A request of somebody who is signed in. */
    private static final class SignedIn extends HttpServletRequestWrapper {
        private final String user;

        SignedIn(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return new Named(user);
        }

        @Override
        public String getRemoteUser() {
            return user;
        }

        @Override
        public String getAuthType() {
            return HttpServletRequest.FORM_AUTH;
        }

        @Override
        public boolean isUserInRole(@Nullable String role) {
            return UserResolver.ADMINISTRATOR_ROLE.equals(role) && Hub.ADMINISTRATOR.equals(user);
        }
    }

    private record Named(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }
}
