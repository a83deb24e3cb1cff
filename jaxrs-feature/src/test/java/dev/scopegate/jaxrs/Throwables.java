package dev.scopegate.jaxrs;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;

/** What a resource may throw. */
final class Throwables {
    private Throwables() {}

    static Exception named(String what) {
        return switch (what) {
            case "not-authorized" -> new NotAuthorizedException("secret", "Digest realm=\"own\"");
            case "forbidden" -> new ForbiddenException("secret");
            case "not-found" -> new NotFoundException("secret");
            case "not-allowed" -> new NotAllowedException("PUT");
            case "not-supported" -> new NotSupportedException("secret");
            case "not-acceptable" -> new NotAcceptableException("secret");
            case "bad-request" -> new BadRequestException("secret");
            case "conflict" -> new ClientErrorException("secret", 409);
            case "teapot" -> new ClientErrorException("secret", 418);
            case "too-many" -> new WebApplicationException("secret", 429);
            case "unavailable" -> new ServiceUnavailableException("secret", 17L);
            case "gateway" -> new ServerErrorException("secret", 502);
            case "internal" -> new InternalServerErrorException("secret", new IOException("secret"));
            case "runtime" -> new IllegalStateException("secret");
            case "error" -> throw new StackOverflowError("secret");
            case "checked" -> new IOException("secret");
            case "denied" -> new AccessDenied(Problem.permissionDenied());
            case "outage" -> new Unavailable("secret", null);
            case "own-body" ->
                new ForbiddenException(
                        Response.status(403).entity("my own words").build());
            case "own-success" ->
                new WebApplicationException(Response.ok("fine").build());
            case "moved" -> new RedirectionException(303, URI.create("/elsewhere"));
            default -> new IllegalArgumentException(what);
        };
    }
}
