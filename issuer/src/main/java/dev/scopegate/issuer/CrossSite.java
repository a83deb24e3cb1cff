package dev.scopegate.issuer;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request of the application's own page from one that another site made the browser send. The page reads a random
 * text, kept in the session, from the header {@value #HEADER} of {@code GET /scopes}, which no other origin can read, and
 * sends it back; a form has it in a field. Who has no session yet, as everybody at a sign-in form, has the text in the cookie
 * {@value #COOKIE}: strangers may ask for a form as often as they like, and nothing is kept of them. Safe for any number of
 * threads.
 */
final class CrossSite {
    static final String HEADER = "X-CSRF-Token";

    static final String COOKIE = "scopegate-form";

    private static final String ATTRIBUTE = "dev.scopegate.issuer.csrf";
    private static final int BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("[0-9A-Za-z_-]{43}");
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
        // whom the container knows by each request alone gets one each time they ask
        if (session.isNew()) session.setMaxInactiveInterval(UNUSED_SECONDS);
        String made = made();
        session.setAttribute(ATTRIBUTE, made);
        return made;
    }

    /** What a form has to send: the session's text, or the cookie's where there is no session; made when there is none. */
    String formToken(HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) != null) return token(request);
        String present = ofCookie(request);
        if (present != null) return present;
        String made = made();
        Cookie cookie = new Cookie(COOKIE, made);
        cookie.setPath(request.getContextPath().isEmpty() ? "/" : request.getContextPath());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        return made;
    }

    private String made() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The text in the request's cookie; null when it has none, or one that is not ours. */
    private static @Nullable String ofCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return null;
        for (Cookie cookie : cookies) {
            String text = cookie.getName().equals(COOKIE) ? cookie.getValue() : null;
            if (text != null && TEXT.matcher(text).matches()) return text;
        }
        return null;
    }

    /** Refuses a request that does not prove to come from the page. */
    void check(HttpServletRequest request) throws AccessDenied {
        boolean proven = knows(request, request.getHeader(HEADER)) && isOwn(request.getHeader("Origin"), request);
        if (!proven) throw new AccessDenied(Problem.crossSite());
    }

    /** Refuses a form that does not prove to come from the page; browsers that tell no origin are taken. */
    void checkForm(HttpServletRequest request, @Nullable String given) throws AccessDenied {
        String origin = request.getHeader("Origin");
        boolean known = request.getSession(false) == null ? isSame(ofCookie(request), given) : knows(request, given);
        boolean proven = known && (origin == null || isOwn(origin, request));
        if (!proven) throw new AccessDenied(Problem.crossSite());
    }

    private static boolean knows(HttpServletRequest request, @Nullable String given) {
        HttpSession session = request.getSession(false);
        Object expected = session == null ? null : session.getAttribute(ATTRIBUTE);
        return expected instanceof String text && isSame(text, given);
    }

    private static boolean isSame(@Nullable String expected, @Nullable String given) {
        return expected != null && given != null && MessageDigest.isEqual(bytes(expected), bytes(given));
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
