package dev.scopegate.servlet;

import dev.scopegate.problem.Challenge;
import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a refusal: status, envelope, challenge. Immutable. */
final class Refusal {
    private final Challenge challenge;

    Refusal(Challenge challenge) {
        this.challenge = challenge;
    }

    /** Answers with the problem; a response that is on its way already stays as it is. */
    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) return;
        response.resetBuffer();
        byte[] body = ErrorEnvelope.of(problem);
        response.setStatus(problem.status());
        response.setContentType(ErrorEnvelope.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        String challenged = challenge.of(problem);
        if (challenged != null) response.setHeader("WWW-Authenticate", challenged);
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        if ("HEAD".equals(request.getMethod())) return;
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException writerInUse) {
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
        }
    }
}
