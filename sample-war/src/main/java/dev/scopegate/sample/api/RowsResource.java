package dev.scopegate.sample.api;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Parameters;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.RowFormat;
import dev.scopegate.sample.data.Selection;
import dev.scopegate.sample.hub.Hub;
import dev.scopegate.sample.hub.HubListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The rows of a dataset: raw data, in the order of its table. */
@Path("v1/datasets/{datasetId}/rows")
@Produces({"application/json", "application/x-ndjson", "text/csv"})
public class RowsResource {
    private static final String FORMAT_RULE = "One of " + String.join(", ", RowFormat.names()) + ".";

    /** HEAD needs no more: a longer answer outgrows every buffer, and its length is told to nobody. */
    private static final long HEAD_ROWS = 5_000;

    private final Hub hub;

    public RowsResource(@Context ServletContext context) {
        hub = HubListener.hub(context);
    }

    @GET
    @RequiresScope(value = "public", resource = "dataset:{datasetId}/data")
    @ExportLimited("dataset:{datasetId}")
    public Response rows(@PathParam("datasetId") String id, @Context UriInfo uri, @Context HttpServletRequest request)
            throws AccessDenied {
        Dataset dataset = hub.datasets().get(id);
        FieldErrors errors = new FieldErrors();
        Parameters parameters = new Parameters(uri, errors);
        RowFormat format = parameters.value("format", FORMAT_RULE, RowFormat::of);
        long limit = parameters.number("limit", RowsAnswer.DEFAULT_ROWS, 1, RowsAnswer.MAX_ROWS);
        long offset = parameters.number("offset", 0, 0, Long.MAX_VALUE);
        errors.check();
        // JAX-RS engines show HEAD as GET here
        boolean read = !request.getMethod().equals(HttpMethod.HEAD);
        Selection slice = Selection.slice(dataset.table(), offset, read ? limit : Math.min(limit, HEAD_ROWS));
        return RowsAnswer.of(format == null ? RowFormat.JSON : format, slice, request);
    }
}
