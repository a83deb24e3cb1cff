package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.net.ClientAddress;
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
import java.time.Duration;

/** {@code /tokens}: personal tokens. */
@Path("v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class TokensResource {
    private final Issuer issuer;

    public TokensResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @POST
    public Response mint(
            @Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri, JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        NewToken minted = issuer.tokens().mint(user, Bodies.draft(body));
        return Answers.created(uri, minted.facts().id(), shown(minted));
    }

    @GET
    public Response list(@Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        Lists list = Lists.read(uri, user);
        return Answers.ok(
                        TokenJson.page(issuer.tokens().list(user, list.query(), list.after(), list.size()), this::json))
                .build();
    }

    @GET
    @Path("{id}")
    public Response get(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("id") String id)
            throws AccessDenied, Unavailable {
        return Answers.ok(json(issuer.tokens().get(issuer.user(request, security), id)))
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
        issuer.tokens().get(user, id); // absent comes before ill-formed
        return Answers.ok(json(issuer.tokens().edit(user, id, Bodies.edit(body))))
                .build();
    }

    @DELETE
    @Path("{id}")
    public Response delete(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("id") String id)
            throws AccessDenied, Unavailable {
        issuer.tokens().delete(issuer.user(request, security), id);
        return Answers.nothing();
    }

    @POST
    @Path("{id}/rotate")
    public Response rotate(
            @Context HttpServletRequest request,
            @Context SecurityContext security,
            @PathParam("id") String id,
            JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        issuer.tokens().get(user, id);
        Duration grace = Bodies.grace(body);
        return Answers.ok(shown(issuer.tokens().rotate(user, id, grace))).build();
    }

    @POST
    @Path("{id}/revoke")
    public Response revoke(
            @Context HttpServletRequest request,
            @Context SecurityContext security,
            @PathParam("id") String id,
            JsonBody body)
            throws AccessDenied, Unavailable {
        User user = issuer.user(request, security);
        issuer.tokens().get(user, id);
        Bodies.nothing(body);
        return Answers.ok(json(issuer.tokens().revoke(user, id))).build();
    }

    @POST
    @Path("revoke-leaked")
    public Response revokeLeaked(@Context HttpServletRequest request, JsonBody body) throws AccessDenied, Unavailable {
        ClientAddress from = issuer.from(request);
        issuer.throttle().count(from.neighbourhood());
        issuer.leaked().revoke(Bodies.texts(body, "token").get(0), from);
        return Answers.nothing();
    }

    private ObjectNode json(AccessToken token) {
        return TokenJson.of(token, issuer.clock().instant());
    }

    private ObjectNode shown(NewToken token) {
        return json(token.facts()).put("token", token.reveal());
    }
}
