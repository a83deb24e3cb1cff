package dev.scopegate.issuer;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.ErrorEnvelope;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The public keys of the application's {@link Issuer}, for whoever verifies its JWTs: map it to {@code /.well-known/jwks.json}. */
public final class JwksServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String jwks = Issuer.of(getServletContext()).keys().jwks();
            response.setHeader("Cache-Control", "public, max-age=300");
            write(response, "application/jwk-set+json", jwks.getBytes(StandardCharsets.UTF_8));
        } catch (AccessDenied e) {
            refuse(response, e.problem());
        } catch (Unavailable e) {
            refuse(response, e.problem());
        }
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        write(response, ErrorEnvelope.MEDIA_TYPE, ErrorEnvelope.of(problem));
    }

    private static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
