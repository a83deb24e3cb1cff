package dev.scopegate.sample.api;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.RowFormat;
import dev.scopegate.sample.data.Selection;
import dev.scopegate.sample.hub.Hub;
import dev.scopegate.sample.hub.HubListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Queries on a dataset: raw data, of the rows that meet conditions. */
@Path("v1/datasets/{datasetId}/query")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class QueryResource {
    private final Hub hub;

    public QueryResource(@Context ServletContext context) {
        hub = HubListener.hub(context);
    }

    @POST
    @RequiresScope(value = "public", resource = "dataset:{datasetId}/data")
    @ExportLimited("dataset:{datasetId}")
    public Response query(@PathParam("datasetId") String id, @Context HttpServletRequest request, JsonBody body)
            throws AccessDenied {
        Dataset dataset = hub.datasets().get(id);
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        Selection selection = new QueryReader(dataset.table(), errors).read(fields);
        errors.check();
        return RowsAnswer.of(RowFormat.JSON, selection, request);
    }
}
