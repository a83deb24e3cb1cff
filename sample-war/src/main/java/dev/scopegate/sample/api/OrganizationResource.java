package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.access.AccessCheck;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Parameters;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.sample.hub.Hub;
import dev.scopegate.sample.hub.HubListener;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/**
 * The datasets of an organization, also called company. The list names no resource: it shows what the token extends to,
 * be that one dataset, and the rest is not there.
 */
@Path("v1/{kind: organizations|companies}/{org}/datasets")
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationResource {
    private static final String TOKEN_RULE = "The nextPageToken of an answer of this list.";

    private final Hub hub;

    public OrganizationResource(@Context ServletContext context) {
        hub = HubListener.hub(context);
    }

    @GET
    @RequiresScope("public")
    public ObjectNode list(
            @PathParam("org") String organization, @Context UriInfo uri, @Context SecurityContext security)
            throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Parameters parameters = new Parameters(uri, errors);
        long maxResults = parameters.number("maxResults", 50, 1, 200);
        String after = parameters.value("pageToken", TOKEN_RULE, PageToken::read);
        errors.check();
        if (!organization.equals(Datasets.ORGANIZATION)) throw new AccessDenied(Problem.notFound());
        List<Dataset> rest = visible(Caller.token(security)).stream()
                .filter(one -> after == null || one.id().compareTo(after) > 0)
                .toList();
        return page(rest, maxResults);
    }

    private List<Dataset> visible(AccessToken token) {
        AccessCheck check = hub.scopegate().check();
        return hub.datasets().visible(token).stream()
                .filter(one -> check.covers(token, "dataset:" + one.id()))
                .toList();
    }

    private ObjectNode page(List<Dataset> rest, long maxResults) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode results = page.putArray("results");
        String next = null;
        for (Dataset dataset : rest) {
            if (results.size() == maxResults) break;
            results.add(DatasetJson.overview(dataset, hub.edits().of(dataset)));
            next = PageToken.after(dataset);
        }
        return page.put("nextPageToken", results.size() < rest.size() ? next : null);
    }
}
