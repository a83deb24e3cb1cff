package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The issuer's answers that are no refusals: nobody on the way keeps them. */
final class Answers {
    private Answers() {}

    private static Response.ResponseBuilder uncached(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "no-store");
    }

    static Response.ResponseBuilder ok(JsonNode json) {
        return uncached(Response.ok(json, MediaType.APPLICATION_JSON_TYPE));
    }

    /** 201, at the place below that of the list. */
    static Response created(UriInfo list, String id, JsonNode json) {
        return uncached(Response.created(list.getAbsolutePathBuilder().path(id).build())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(json))
                .build();
    }

    static Response nothing() {
        return uncached(Response.noContent()).build();
    }
}
