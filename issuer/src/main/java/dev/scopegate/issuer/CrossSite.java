package dev.scopegate.issuer;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request of the application's own page from one that another site made the browser send. The page reads a random
 * text, kept in the session, from the header {@value #HEADER} of {@code GET /scopes}, which no other origin can read, and
 * sends it back. Safe for any number of threads.
 */
final class CrossSite {
    static final String HEADER = "X-CSRF-Token";

    private static final String ATTRIBUTE = "dev.scopegate.issuer.csrf";
    private static final int BYTES = 32;
    private static final int UNUSED_SECONDS = 300;

    private final Set<String> origins;
    private final SecureRandom random;

    /**
     * A guard of one application.
     *
     * @param origins under which browsers know the application; empty: that which the request names
     */
    CrossSite(Set<String> origins, SecureRandom random) {
        this.origins = Set.copyOf(origins);
        this.random = random;
    }

    /** What the page of this session has to send; made when there is none. */
    String token(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.getAttribute(ATTRIBUTE) instanceof String present) return present;
        if (session.isNew()) session.setMaxInactiveInterval(UNUSED_SECONDS); // strangers get one each time they ask
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        session.setAttribute(ATTRIBUTE, made);
        return made;
    }

    /** Refuses a request that does not prove to come from the page. */
    void check(HttpServletRequest request) throws AccessDenied {
        boolean proven = knows(request, request.getHeader(HEADER)) && isOwn(request.getHeader("Origin"), request);
        if (!proven) throw new AccessDenied(Problem.crossSite());
    }

    /** Refuses a form that does not prove to come from the page; browsers that tell no origin are taken. */
    void checkForm(HttpServletRequest request, @Nullable String given) throws AccessDenied {
        String origin = request.getHeader("Origin");
        boolean proven = knows(request, given) && (origin == null || isOwn(origin, request));
        if (!proven) throw new AccessDenied(Problem.crossSite());
    }

    private static boolean knows(HttpServletRequest request, @Nullable String given) {
        HttpSession session = request.getSession(false);
        Object expected = session == null ? null : session.getAttribute(ATTRIBUTE);
        return expected instanceof String text && isSame(text, given);
    }

    private static boolean isSame(String expected, @Nullable String given) {
        return given != null && MessageDigest.isEqual(bytes(expected), bytes(given));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isOwn(@Nullable String origin, HttpServletRequest request) {
        if (origin == null) return false;
        return origins.isEmpty() ? origin.equals(originOf(request)) : origins.contains(origin);
    }

    private static String originOf(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
