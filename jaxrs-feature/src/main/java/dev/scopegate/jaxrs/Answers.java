package dev.scopegate.jaxrs;

import dev.scopegate.problem.Challenge;
import dev.scopegate.problem.Problem;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns problems into responses: status, envelope, challenge. Immutable. */
final class Answers {
    private final Challenge challenge;

    Answers(Challenge challenge) {
        this.challenge = challenge;
    }

    Response of(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Envelope(problem));
        headers(problem).forEach(response::header);
        return response.build();
    }

    /** A response with the headers of another one, whose status the problem tells. */
    Response of(Problem problem, Response before) {
        Response.ResponseBuilder response = Response.fromResponse(before)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Envelope(problem));
        headers(problem).forEach((name, value) -> {
            if (!before.getHeaders().containsKey(name)) response.header(name, value);
        });
        return response.build();
    }

    /** Replaces a response that is about to go out. */
    void replace(ContainerResponseContext response, Problem problem) {
        response.setStatus(problem.status());
        response.getHeaders().remove(HttpHeaders.ALLOW);
        response.setEntity(new Envelope(problem), new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
        headers(problem).forEach((name, value) -> response.getHeaders().putSingle(name, value));
    }

    private Map<String, String> headers(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
        String challenged = challenge.of(problem);
        if (challenged != null) headers.put(HttpHeaders.WWW_AUTHENTICATE, challenged);
        Integer retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) headers.put(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        return headers;
    }
}
