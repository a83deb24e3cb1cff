package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api-keys}: keys with a secret, which scripts exchange for access tokens. */
@Path("v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class ApiKeysResource {
    private final Issuer issuer;

    public ApiKeysResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @POST
    public Response create(
            @Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri, JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        NewToken created = issuer.apiKeys().create(user, Bodies.draft(body));
        return Answers.created(uri, created.facts().id(), shown(created));
    }

    @GET
    public Response list(@Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        Lists list = Lists.read(uri, user);
        return Answers.ok(TokenJson.page(
                        issuer.apiKeys().list(user, list.query(), list.after(), list.size()), this::json))
                .build();
    }

    @GET
    @Path("{id}")
    public Response get(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("id") String id)
            throws AccessDenied, Unavailable {
        return Answers.ok(json(issuer.apiKeys().get(issuer.user(request, security), id)))
                .build();
    }

    @PATCH
    @Path("{id}")
    public Response edit(
            @Context HttpServletRequest request,
            @Context SecurityContext security,
            @PathParam("id") String id,
            JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        issuer.apiKeys().get(user, id); // absent comes before ill-formed
        return Answers.ok(json(issuer.apiKeys().edit(user, id, Bodies.edit(body))))
                .build();
    }

    @DELETE
    @Path("{id}")
    public Response delete(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("id") String id)
            throws AccessDenied, Unavailable {
        issuer.apiKeys().delete(issuer.user(request, security), id);
        return Answers.nothing();
    }

    @POST
    @Path("{id}/secret")
    public Response renewSecret(
            @Context HttpServletRequest request,
            @Context SecurityContext security,
            @PathParam("id") String id,
            JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        issuer.apiKeys().get(user, id);
        Bodies.nothing(body);
        NewToken renewed = issuer.apiKeys().renewSecret(user, id);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return Answers.ok(json.put("api_key", id).put("secret", renewed.reveal()))
                .build();
    }

    private ObjectNode json(AccessToken key) {
        return TokenJson.of(key, issuer.clock().instant()).put("api_key", key.id());
    }

    private ObjectNode shown(NewToken key) {
        return json(key.facts()).put("secret", key.reveal());
    }
}
