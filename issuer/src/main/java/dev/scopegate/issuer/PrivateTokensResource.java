package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.issuer.json.Parameters;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /auth/private_tokens}: long-lived JWTs. Lists come by numbered pages. */
@Path("v1/auth/private_tokens")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class PrivateTokensResource {
    private static final int USUAL_SIZE = 50;
    private static final int LARGEST_SIZE = 200;

    private final Issuer issuer;

    public PrivateTokensResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @POST
    public Response create(
            @Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri, JsonBody body)
            throws AccessDenied, Unavailable {
        PrivateTokens tokens = issuer.privateTokens();
        User user = issuer.user(request, security);
        NewToken created = tokens.create(user, Bodies.privateToken(body, user.bounds()));
        return Answers.created(uri, created.facts().id(), json(created.facts()).put("data", created.reveal()));
    }

    @GET
    public Response list(@Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri)
            throws AccessDenied, Unavailable {
        PrivateTokens tokens = issuer.privateTokens();
        User user = issuer.user(request, security);
        FieldErrors errors = new FieldErrors();
        Parameters parameters = new Parameters(uri, errors);
        long page = parameters.number("page", 1, 1, Integer.MAX_VALUE);
        int size = (int) parameters.number("page_size", USUAL_SIZE, 1, LARGEST_SIZE);
        String prefix = Lists.prefix(parameters);
        Comparator<AccessToken> order = parameters.value(
                "ordering", "One of id, name, expiration_time, or one of them after a minus.", Orders::of);
        errors.check();
        List<AccessToken> all = tokens.list(user, prefix);
        if (order != null) all.sort(order);
        long first = (page - 1) * size;
        if (first > 0 && first >= all.size()) throw new AccessDenied(Problem.notFound());
        long end = Math.min(first + size, all.size());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", all.size());
        json.put("next", end < all.size() ? at(uri, page + 1) : null);
        json.put("previous", page > 1 ? at(uri, page - 1) : null);
        ArrayNode results = json.putArray("results");
        all.subList((int) first, (int) end).forEach(token -> results.add(json(token)));
        return Answers.ok(json).build();
    }

    private static String at(UriInfo uri, long page) {
        return uri.getRequestUriBuilder()
                .replaceQueryParam("page", page)
                .build()
                .toString();
    }

    @DELETE
    @Path("{id}")
    public Response delete(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("id") String id)
            throws AccessDenied, Unavailable {
        PrivateTokens tokens = issuer.privateTokens();
        tokens.delete(issuer.user(request, security), id);
        return Answers.nothing();
    }

    private static ObjectNode json(AccessToken token) {
        Instant end = Objects.requireNonNull(token.expiresAt());
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id())
                .put("name", token.name())
                .put("expiration_time", end.toString());
    }

    /** The orders that a list can have. */
    private static final class Orders {
        private Orders() {}

        static @Nullable Comparator<AccessToken> of(String text) {
            boolean down = text.startsWith("-");
            Comparator<AccessToken> order = switch (down ? text.substring(1) : text) {
                case "id" -> Comparator.comparing(AccessToken::id);
                case "name" -> Comparator.comparing(AccessToken::name);
                case "expiration_time" -> Comparator.comparing(token -> Objects.requireNonNull(token.expiresAt()));
                default -> null;
            };
            if (order == null) return null;
            Comparator<AccessToken> whole = order.thenComparing(AccessToken::id);
            return down ? whole.reversed() : whole;
        }
    }
}
