package dev.scopegate.sample.api;

import dev.scopegate.issuer.TokenJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;

/** What a token is: its own facts, for any token. */
@Path("v1/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    @GET
    public Response me(@Context SecurityContext security) {
        return Response.ok(TokenJson.of(Caller.token(security), Instant.now()))
                .header("Cache-Control", "no-store")
                .build();
    }
}
