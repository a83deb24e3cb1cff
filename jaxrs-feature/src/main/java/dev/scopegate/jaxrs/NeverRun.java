package dev.scopegate.jaxrs;

import dev.scopegate.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Stands before a method whose annotations do not fit and that was bound too late to stop the start: always 500. */
@Priority(Priorities.AUTHORIZATION)
final class NeverRun implements ContainerRequestFilter {
    private final Answers answers;

    NeverRun(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.abortWith(answers.of(Problem.ofStatus(500)));
    }
}
