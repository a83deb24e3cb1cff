package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Starts jobs, called rivers. */
@Path("run")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
    @POST
    @RequiresScope("job:execute")
    public Response run(JsonBody body) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        String river = fields.text("river_id");
        if (river != null && !river.matches("[0-9a-fA-F]{24}")) {
            errors.invalid(fields.attr("river_id"), "24 hexadecimal digits.");
        }
        fields.noOthers();
        errors.check();
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("run_id", newId()).put("river_id", river).put("status", "pending");
        return Response.status(201).entity(run).build();
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
