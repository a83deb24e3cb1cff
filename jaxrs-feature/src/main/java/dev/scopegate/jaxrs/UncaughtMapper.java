package dev.scopegate.jaxrs;

import dev.scopegate.export.ExportStopped;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every exception that nothing nearer maps: those of JAX-RS by their status, unless the application gave them a
 * body of its own; any other as 500, logged with its stack trace and told without it. What a stage of a chain of futures
 * has thrown counts as thrown by the resource.
 */
@Priority(Integer.MAX_VALUE) // the application's own mapper of the same comes first
final class UncaughtMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtMapper.class);

    private final Answers answers;

    UncaughtMapper(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (thrown instanceof CompletionException && cause != null) return toResponse(cause);
        ExportStopped stopped = ExportStoppedMapper.in(thrown);
        if (stopped != null) return Response.status(stopped.problem().status()).build();
        if (thrown instanceof AccessDenied denied) return answers.of(denied.problem());
        if (thrown instanceof Unavailable unavailable) return answers.of(unavailable.problem());
        if (thrown instanceof WebApplicationException expected) {
            Response response = expected.getResponse();
            if (response.getStatus() < 400 || response.hasEntity()) return response;
            if (response.getStatus() >= 500) LOG.error("a resource failed", thrown);
            return answers.of(Problem.ofStatus(response.getStatus()), response);
        }
        LOG.error("a resource failed", thrown);
        return answers.of(Problem.ofStatus(500));
    }
}
