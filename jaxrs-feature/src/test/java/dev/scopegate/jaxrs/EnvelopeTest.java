package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.glassfish.jersey.message.GZipEncoder;
import org.glassfish.jersey.message.MessageProperties;
import org.glassfish.jersey.server.filter.EncodingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnvelopeTest {
    @RegisterExtension
    static final ResourceServer GREEDY = ResourceServer.of(Locked.class).with(app -> app.register(Greedy.class));

    @RegisterExtension
    static final ResourceServer LEGACY = ResourceServer.of(Locked.class)
            .with(app -> app.register(Greedy.class).property(MessageProperties.LEGACY_WORKERS_ORDERING, true));

    @RegisterExtension
    static final ResourceServer ZIPPED = ResourceServer.of(Locked.class).with(app -> {
        EncodingFilter.enableFor(app, GZipEncoder.class);
        app.register(Rewriting.class);
    });

    @Test
    void noOtherWriterTouchesIt() {
        for (ResourceServer server : List.of(GREEDY, LEGACY)) {
            for (Front front : Front.values()) {
                assertThat(server.get(front, "/locked")).hasToString("401 not_authenticated");
                assertThat(server.getAs(front, server.tokens.mint("public"), "/locked"))
                        .hasToString("403 insufficient_scope");
                assertThat(server.getAs(front, server.tokens.mint("admin"), "/missing"))
                        .hasToString("404 not_found");
            }
        }
    }

    @Test
    void aContentCodingMayPackItWhole() throws IOException {
        Reply packed = ZIPPED.get(Front.NONE, "/locked", "Accept-Encoding: gzip");
        assertThat(packed.status()).isEqualTo(401);
        assertThat(packed.header("Content-Encoding")).hasValue("gzip");
        byte[] bytes = packed.response().body();
        try (var unpacked = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("not_authenticated");
        }
        assertThat(ZIPPED.get(Front.NONE, "/locked")).hasToString("401 not_authenticated");
    }

    @Test
    void aFilterThatTurnsEveryErrorIntoSuccessDoesNotShowWhatExists() {
        Reply none = ZIPPED.get(Front.NONE, "/missing", "X-Rewrite: yes");
        Reply other = ZIPPED.get(Front.NONE, "/locked", "X-Rewrite: yes");
        assertThat(none.body()).isEqualTo(other.body());
    }

    @Path("locked")
    public static class Locked {
        @GET
        @RequiresScope("data.data")
        @Produces({MediaType.APPLICATION_XML, MediaType.TEXT_PLAIN})
        public String get() {
            return "locked";
        }
    }

    /** An application's response filter that hides errors from old clients. */
    @Priority(1)
    public static class Rewriting implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (request.getHeaderString("X-Rewrite") != null) response.setStatus(200);
        }
    }

    /** An application's writer for everything. */
    @Produces(MediaType.APPLICATION_JSON)
    @Priority(1)
    public static class Greedy implements MessageBodyWriter<Object> {
        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return true;
        }

        @Override
        public void writeTo(
                Object entity,
                Class<?> type,
                Type genericType,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            out.write("mine".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
