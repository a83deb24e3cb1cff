package dev.scopegate.jaxrs;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes an {@link Envelope} as it is. Names its media type, so that it is nearest however an engine orders writers. */
@Produces(MediaType.APPLICATION_JSON)
final class EnvelopeWriter implements MessageBodyWriter<Envelope> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Envelope.class;
    }

    @Override
    public void writeTo(
            Envelope envelope,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        boolean packed = headers.containsKey(HttpHeaders.CONTENT_ENCODING); // an interceptor sends another length
        if (!packed) headers.putSingle(HttpHeaders.CONTENT_LENGTH, envelope.json().length);
        out.write(envelope.json());
    }
}
