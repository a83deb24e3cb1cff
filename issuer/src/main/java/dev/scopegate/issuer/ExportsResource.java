package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.event.AuditType;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.Exports;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /exports}: the policies of resources, for administrators, and what has been used of their limits. */
@Path("v1/exports")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class ExportsResource {
    private final Issuer issuer;

    public ExportsResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    private ExportPolicyStore policies(HttpServletRequest request, SecurityContext security)
            throws AccessDenied, Unavailable {
        Exports exports = issuer.exports();
        User unused = issuer.administrator(request, security);
        return exports.policies();
    }

    /** A resource by its name, or by kind and id as two segments, for servers that refuse a colon in a path. */
    static String resource(String path) {
        int slash = path.indexOf('/');
        boolean inSegments = slash > 0 && path.indexOf(':') < 0;
        return inSegments ? path.substring(0, slash) + ':' + path.substring(slash + 1) : path;
    }

    @GET
    @Path("policies")
    public Response list(@Context HttpServletRequest request, @Context SecurityContext security)
            throws AccessDenied, Unavailable {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode results = json.putArray("results");
        for (var each : policies(request, security).all().entrySet()) {
            results.add(PolicyJson.of(each.getKey(), each.getValue()));
        }
        return Answers.ok(json).build();
    }

    @GET
    @Path("policies/{resource: .+}")
    public Response get(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("resource") String path)
            throws AccessDenied, Unavailable {
        String resource = resource(path);
        ExportPolicy policy = policies(request, security).find(resource);
        if (policy == null) throw new AccessDenied(Problem.notFound());
        return Answers.ok(PolicyJson.of(resource, policy)).build();
    }

    @PUT
    @Path("policies/{resource: .+}")
    public Response put(
            @Context HttpServletRequest request,
            @Context SecurityContext security,
            @PathParam("resource") String path,
            JsonBody body)
            throws AccessDenied, Unavailable {
        String resource = resource(path);
        ExportPolicyStore policies = issuer.exports().policies();
        User user = issuer.administrator(request, security);
        FieldErrors errors = new FieldErrors();
        Rules.resource("resource", resource, errors);
        ExportPolicy policy = PolicyJson.read(body.fields(errors), errors);
        policies.put(resource, policy);
        issuer.events().tell(AuditType.POLICY_CHANGED, user, null, resource);
        return Answers.ok(PolicyJson.of(resource, policy)).build();
    }

    @DELETE
    @Path("policies/{resource: .+}")
    public Response delete(
            @Context HttpServletRequest request, @Context SecurityContext security, @PathParam("resource") String path)
            throws AccessDenied, Unavailable {
        String resource = resource(path);
        ExportPolicyStore policies = issuer.exports().policies();
        User user = issuer.administrator(request, security);
        if (!policies.remove(resource)) throw new AccessDenied(Problem.notFound());
        issuer.events().tell(AuditType.POLICY_CHANGED, user, null, resource);
        return Answers.nothing();
    }

    @GET
    @Path("usage")
    public Response usage(@Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri)
            throws AccessDenied, Unavailable {
        return Answers.ok(issuer.usage().of(request, security, uri)).build();
    }
}
