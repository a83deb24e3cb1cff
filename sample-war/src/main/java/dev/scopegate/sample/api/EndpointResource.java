package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.sample.hub.Hub;
import dev.scopegate.sample.hub.HubListener;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes messages of any data model for destinations that the token extends to. */
@Path("v1/endpoint")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EndpointResource {
    private final Hub hub;

    public EndpointResource(@Context ServletContext context) {
        hub = HubListener.hub(context);
    }

    @POST
    @RequiresScope("message.send")
    public Response accept(@Context SecurityContext security, JsonBody body) throws AccessDenied, Unavailable {
        FieldErrors errors = new FieldErrors();
        Fields meta = body.fields(errors).object("Meta"); // all other fields are the message's
        filled(meta, "DataModel", errors);
        filled(meta, "EventType", errors);
        List<String> destinations = new ArrayList<>();
        for (Fields destination : meta.objects("Destinations")) {
            String id = filled(destination, "ID", errors);
            if (id != null) destinations.add(id);
        }
        errors.check();
        AccessToken token = Caller.token(security);
        for (String id : destinations) hub.scopegate().check().authorizeResource(token, "destination:" + id);
        ObjectNode accepted = JsonNodeFactory.instance.objectNode();
        accepted.put("message_id", UUID.randomUUID().toString());
        return Response.status(202).entity(accepted).build();
    }

    private static @Nullable String filled(Fields fields, String name, FieldErrors errors) {
        String text = fields.text(name);
        if (text != null && text.isBlank()) errors.invalid(fields.attr(name), "A text that is not blank.");
        return text;
    }
}
