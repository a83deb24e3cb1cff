package dev.scopegate.jaxrs;

import dev.scopegate.problem.AccessDenied;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a refusal that the application's own code has thrown. */
final class AccessDeniedMapper implements ExceptionMapper<AccessDenied> {
    private final Answers answers;

    AccessDeniedMapper(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Response toResponse(AccessDenied denied) {
        return answers.of(denied.problem());
    }
}
