package dev.scopegate.jaxrs;

import dev.scopegate.problem.Unavailable;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers an outage that the application's own code has thrown. */
final class UnavailableMapper implements ExceptionMapper<Unavailable> {
    private final Answers answers;

    UnavailableMapper(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Response toResponse(Unavailable unavailable) {
        return answers.of(unavailable.problem());
    }
}
