package dev.scopegate.servlet;

import dev.scopegate.problem.Challenge;
import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes a refusal: status, envelope, challenge. The ones that never differ are made once; of the others the latest are
 * kept, at most {@value #SIZE}. Safe for any number of threads.
 */
final class Refusal {
    private static final Set<String> OF_A_REPRESENTATION = caseInsensitive(
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-Range",
            "Content-Type",
            "Content-Disposition",
            "ETag",
            "Last-Modified",
            "Accept-Ranges",
            "Expires");

    private static final int SIZE = 256;

    private final Challenge challenge;
    private final IdentityHashMap<Problem, Answer> ready = new IdentityHashMap<>();
    private final AtomicReferenceArray<@Nullable Answer> latest = new AtomicReferenceArray<>(SIZE);

    /** What a problem looks like on the wire. */
    private static final class Answer {
        private final Problem problem;
        private final byte[] body;
        private final @Nullable String challenge;

        Answer(Problem problem, byte[] body, @Nullable String challenge) {
            this.problem = problem;
            this.body = body;
            this.challenge = challenge;
        }
    }

    Refusal(Challenge challenge) {
        this.challenge = challenge;
        for (Problem constant : List.of(
                Problem.notAuthenticated(),
                Problem.invalidToken(),
                Problem.invalidRequest(),
                Problem.badRequest(),
                Problem.resourceNotAllowed(),
                Problem.ipNotAllowed(),
                Problem.permissionDenied(),
                Problem.notFound())) {
            ready.put(constant, made(constant));
        }
    }

    private static Set<String> caseInsensitive(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return Collections.unmodifiableSet(set);
    }

    private Answer made(Problem problem) {
        return new Answer(problem, ErrorEnvelope.of(problem), challenge.of(problem));
    }

    /** By identity: whoever refuses often does it with the same object. */
    @SuppressWarnings("ReferenceEquality") // equality would cost as much as writing it anew
    private Answer latest(Problem problem) {
        int place = System.identityHashCode(problem) & (SIZE - 1);
        Answer known = latest.get(place);
        if (known != null && known.problem == problem) return known;
        Answer made = made(problem);
        latest.set(place, made);
        return made;
    }

    /** Answers with the problem what the application has begun to answer otherwise. */
    void replace(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) clear(response);
        write(problem, request, response);
    }

    /** Answers with the problem; a response that is on its way already stays as it is. */
    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) return;
        Answer constant = ready.get(problem);
        Answer answer = constant == null ? latest(problem) : constant;
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(ErrorEnvelope.MEDIA_TYPE);
        response.setContentLength(answer.body.length);
        response.setHeader("Cache-Control", "no-store");
        if (answer.challenge != null) response.setHeader("WWW-Authenticate", answer.challenge);
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        if (hasBody(request)) response.setHeader("Connection", "close");
        if ("HEAD".equals(request.getMethod())) return;
        try {
            response.getOutputStream().write(answer.body);
        } catch (IllegalStateException writerInUse) {
            response.getWriter().write(new String(answer.body, StandardCharsets.UTF_8));
        }
    }

    /**
     * Whether the request brings a body, which nobody will read. The container may close such a connection without a word, and
     * the client's next request on it fails; said beforehand, it opens another. HTTP/2 knows no such header and no such harm.
     */
    private static boolean hasBody(HttpServletRequest request) {
        if ("GET".equals(request.getMethod()) || !request.getProtocol().startsWith("HTTP/1")) return false;
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Takes away what the application has begun to say of its own answer; what others set, such as CORS, stays. */
    private static void clear(HttpServletResponse response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : response.getHeaderNames()) {
            if (!OF_A_REPRESENTATION.contains(name)) kept.put(name, List.copyOf(response.getHeaders(name)));
        }
        response.reset();
        response.setContentType(ErrorEnvelope.MEDIA_TYPE);
        // Undertow keeps the encoding past a reset
        if (!ErrorEnvelope.MEDIA_TYPE.equals(response.getContentType())) response.setCharacterEncoding(null);
        kept.forEach((name, values) -> {
            response.setHeader(name, values.get(0)); // Jetty has put another Date there
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        });
    }
}
