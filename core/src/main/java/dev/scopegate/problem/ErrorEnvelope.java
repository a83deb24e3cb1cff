package dev.scopegate.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * The JSON body of every refusal: {@code {"type","errors":[{"code","detail","attr","extra"}]}}, all four keys always
 * there, in UTF-8. Stateless.
 */
public final class ErrorEnvelope {
    /** The {@code Content-Type} of the envelope. */
    public static final String MEDIA_TYPE = "application/json";

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

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
        Map<String, ?> extra = item.extra();
        if (extra == null) json.writeNull();
        else json.writePOJO(extra);
        json.writeEndObject();
    }
}
