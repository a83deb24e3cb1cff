package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.event.AuditEvent;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
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
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /audit}: what happened, for administrators, the newest first. */
@Path("v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the issuer finds out by itself who asks, session users among them
public class AuditResource {
    private final Issuer issuer;

    public AuditResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @GET
    public Response list(@Context HttpServletRequest request, @Context SecurityContext security, @Context UriInfo uri)
            throws AccessDenied, Unavailable {
        User unused = issuer.administrator(request, security);
        AuditLog log = issuer.audit();
        AuditLists list = AuditLists.read(uri);
        AuditPage page = log.page(list.query(), list.before(), list.size());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode results = json.putArray("results");
        page.events().forEach(event -> results.add(json(event)));
        return Answers.ok(json.put("next_page_token", page.next())).build();
    }

    private static ObjectNode json(AuditEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", event.id());
        json.put("at", event.at().toString());
        json.put("type", event.type().wireName());
        json.put("actor", event.actor());
        json.put("token_id", event.tokenId());
        json.put("resource", event.resource());
        json.put("client_ip", event.clientIp());
        json.put("outcome", event.outcome().wireName());
        json.put("code", event.code());
        json.put("bytes", event.bytes());
        return json.put("records", event.records());
    }
}
