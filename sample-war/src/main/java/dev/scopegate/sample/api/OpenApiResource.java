package dev.scopegate.sample.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What the hub offers, told to programs: its OpenAPI description, for everybody. */
@Path("v1/openapi.json")
@PermitAll
public class OpenApiResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] description() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(OpenApiResource.class.getResourceAsStream("/openapi.json"), "/openapi.json")) {
            return file.readAllBytes();
        }
    }
}
