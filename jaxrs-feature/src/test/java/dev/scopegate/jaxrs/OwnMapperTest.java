package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.scopegate.annotation.RequiresScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that maps exceptions itself. */
class OwnMapperTest {
    @RegisterExtension
    static final ResourceServer AFTER =
            ResourceServer.of(Thrower.class).with(app -> app.register(All.class).register(Syntax.class));

    @RegisterExtension
    static final ResourceServer BEFORE = ResourceServer.without()
            .with(app -> app.register(All.class)
                    .register(Syntax.class)
                    .register(Thrower.class)
                    .register(ScopegateFeature.class));

    @ParameterizedTest
    @CsvSource({
        "runtime,    200 own IllegalStateException",
        "not-found,  200 own NotFoundException",
        "denied,     403 permission_denied",
        "outage,     503 unavailable"
    })
    void itsMapperComesBeforeOursForEverythingElse(String what, String expected) {
        for (ResourceServer server : List.of(AFTER, BEFORE)) {
            assertThat(server.getAs(Front.NONE, server.tokens.mint("public"), "/throw/" + what))
                    .hasToString(expected);
        }
    }

    @Test
    void itsMapperSeesNoRefusal() {
        for (ResourceServer server : List.of(AFTER, BEFORE)) {
            assertThat(server.get(Front.NONE, "/throw/runtime")).hasToString("401 not_authenticated");
            assertThat(server.getAs(Front.NONE, server.tokens.mint("job:execute"), "/throw/runtime"))
                    .hasToString("403 insufficient_scope");
        }
    }

    @Path("throw/{what}")
    @RequiresScope("public")
    public static class Thrower {
        @GET
        public String get(@PathParam("what") String what) throws Exception {
            throw Throwables.named(what);
        }
    }

    public static class All implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            return Response.ok("own " + thrown.getClass().getSimpleName()).build();
        }
    }

    public static class Syntax implements ExceptionMapper<JsonParseException> {
        @Override
        public Response toResponse(JsonParseException thrown) {
            return Response.ok("own syntax").build();
        }
    }
}
