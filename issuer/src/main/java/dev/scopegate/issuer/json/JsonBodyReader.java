package dev.scopegate.issuer.json;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads a body of any type into a {@link JsonBody}, instead of whatever JSON provider the container has. */
@Provider
public class JsonBodyReader implements MessageBodyReader<JsonBody> {
    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        // engines put in application/octet-stream where the request names no type
        return JsonBody.read(body, headers.containsKey("Content-Type") ? mediaType : null);
    }
}
