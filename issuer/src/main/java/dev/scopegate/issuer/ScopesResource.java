package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** {@code GET /scopes}: the catalog, for any token and any signed-in user, who also learns what proves its page. */
@Path("v1/scopes")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class ScopesResource {
    private final Issuer issuer;

    public ScopesResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @GET
    public Response scopes(@Context HttpServletRequest request, @Context SecurityContext security)
            throws AccessDenied, Unavailable {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode results = json.putArray("results");
        boolean byCookie =
                Issuer.token(security) == null && issuer.user(request, security).byCookie();
        for (Scope scope : issuer.catalog().scopes()) results.add(json(scope));
        Response.ResponseBuilder answer = Answers.ok(json);
        if (byCookie) answer.header(CrossSite.HEADER, issuer.crossSite().token(request));
        return answer.build();
    }

    private static ObjectNode json(Scope scope) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", scope.name());
        json.put("description", scope.description());
        json.put("group", scope.group());
        json.set("implies", TokenJson.array(scope.implies()));
        return json.put("default", scope.byDefault());
    }
}
