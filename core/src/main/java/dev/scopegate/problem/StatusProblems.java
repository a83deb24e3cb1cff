package dev.scopegate.problem;

/** The envelope for an HTTP status that some other code chose, as the SPEC's table of codes names it. */
final class StatusProblems {
    private StatusProblems() {}

    static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.badRequest();
            case 401 -> Problem.notAuthenticated();
            case 403 -> Problem.permissionDenied();
            case 404 -> Problem.notFound();
            case 405 -> Problem.of(405, "method_not_allowed", "This resource does not have that method.");
            case 406 -> Problem.of(406, "not_acceptable", "The answer does not exist in a form that Accept names.");
            case 409 -> Problem.of(409, "conflict", "The request contradicts the resource's present state.");
            case 413 -> Problem.of(413, "payload_too_large", "The request's body is too large.");
            case 415 ->
                Problem.of(415, "unsupported_media_type", "The request's body has a type that is not read here.");
            case 429 -> Problem.of(429, "throttled", "Too many requests; wait before the next.");
            case 503 -> Problem.of(503, "unavailable", "The service is not available now.");
            default ->
                status >= 500
                        ? Problem.of(status, "error", "The server failed to answer this request.")
                        : Problem.of(status, "client_error", "The request was refused.");
        };
    }
}
