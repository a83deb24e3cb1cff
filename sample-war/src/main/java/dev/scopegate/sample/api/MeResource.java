package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.token.AccessToken;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a token is: its own facts, for any token. */
@Path("v1/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    @GET
    public Response me(@Context SecurityContext security) {
        return Response.ok(json(Caller.token(security)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static ObjectNode json(AccessToken token) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", token.id());
        json.put("name", token.name());
        json.put("kind", token.kind().wireName());
        json.put("owner", token.owner());
        json.put("created_by", token.createdBy());
        json.set("scopes", array(token.scopes()));
        json.set("resources", array(token.resources()));
        json.set("allowed_networks", array(token.allowedNetworks()));
        json.put("created_at", text(token.createdAt()));
        json.put("expires_at", text(token.expiresAt()));
        json.put("last_used_at", text(token.lastUsedAt()));
        json.put("last_used_ip", token.lastUsedIp());
        json.put("revoked_at", text(token.revokedAt()));
        json.put("status", token.statusAt(System.currentTimeMillis()).wireName());
        json.put("hint", token.hint());
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static ArrayNode array(Collection<?> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }
}
