package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.hub.Edition;
import dev.scopegate.sample.hub.Hub;
import dev.scopegate.sample.hub.HubListener;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One dataset: what it is about, its variables, changes to it. What each takes depends on the dataset. */
@Path("v1/datasets/{datasetId}")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {
    private final Hub hub;

    public DatasetResource(@Context ServletContext context) {
        hub = HubListener.hub(context);
    }

    @GET
    @RequiresScope(value = "public", resource = "dataset:{datasetId}")
    public ObjectNode overview(@PathParam("datasetId") String id) {
        Dataset dataset = hub.datasets().get(id);
        return DatasetJson.overview(dataset, hub.edits().of(dataset));
    }

    @GET
    @Path("variables")
    @RequiresScope(value = "public", resource = "dataset:{datasetId}/metadata")
    public ObjectNode variables(@PathParam("datasetId") String id) {
        return DatasetJson.variables(hub.datasets().get(id));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(value = "data.edit", resource = "dataset:{datasetId}/edit")
    public ObjectNode edit(@PathParam("datasetId") String id, JsonBody body) throws AccessDenied, IOException {
        Dataset dataset = hub.datasets().get(id);
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        String title = text(fields, "title", 1, 200, errors);
        String description = text(fields, "description", 0, 5_000, errors);
        fields.noOthers();
        errors.check();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Edition edition = hub.edits().change(dataset, present -> present.retitled(title, description, now));
        return DatasetJson.overview(dataset, edition);
    }

    @POST
    @Path("versions")
    @RequiresScope(value = "data.edit", resource = "dataset:{datasetId}/edit")
    public Response release(@PathParam("datasetId") String id, JsonBody body) throws AccessDenied, IOException {
        Dataset dataset = hub.datasets().get(id);
        FieldErrors errors = new FieldErrors();
        if (!body.isEmpty()) body.fields(errors).noOthers();
        errors.check();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Edition edition = hub.edits().change(dataset, present -> present.released(now));
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("dataset", dataset.id()).put("version", edition.version()).put("released_at", now.toString());
        return Response.status(201).entity(version).build();
    }

    private static @Nullable String text(Fields fields, String name, int min, int max, FieldErrors errors) {
        String text = fields.optionalText(name);
        if (text == null) return null;
        String trimmed = text.strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        if (length < min || length > max) errors.invalid(fields.attr(name), min + " to " + max + " characters.");
        return trimmed;
    }
}
