package dev.scopegate.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of every refusal: {@code {"type","errors":[{"code","detail","attr","extra"}]}}, all four keys always
 * there, in UTF-8. Stateless.
 */
public final class ErrorEnvelope {
    /** The {@code Content-Type} of the envelope. */
    public static final String MEDIA_TYPE = "application/json";

    private static final JsonFactory JSON = new JsonFactory();

    /** Made only for an extra of a type that JSON has not: it takes longer than the rest of a start. */
    private static final class Beans {
        static final ObjectMapper JSON = new ObjectMapper();
    }

    private ErrorEnvelope() {}

    /** The body for a problem. */
    public static byte[] of(Problem problem) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", problem.type().wireName());
            json.writeArrayFieldStart("errors");
            for (Problem.Item item : problem.errors()) write(json, item);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a problem's extra is not JSON", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Problem.Item item) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", item.code());
        json.writeStringField("detail", item.detail());
        json.writeStringField("attr", item.attr());
        json.writeFieldName("extra");
        write(json, item.extra());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            for (Object element : elements) write(json, element);
            json.writeEndArray();
        } else if (isPlain(value)) {
            json.writePOJO(value);
        } else {
            Beans.JSON.writeValue(json, value);
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean;
    }
}
