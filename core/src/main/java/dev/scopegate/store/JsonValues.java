package dev.scopegate.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, texts and nulls; anything else is {@link #OTHER}. Read without Jackson's databind, whose classes are
 * most of what a start would take otherwise.
 */
final class JsonValues {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A number, a boolean, or nothing at all. */
    private static final Object OTHER = new Object();

    private JsonValues() {}

    /** The one value of a whole document. */
    static @Nullable Object read(byte[] bytes) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            Object value = json.nextToken() == null ? OTHER : value(json);
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "something follows the value", json.currentTokenLocation());
            }
            return value;
        }
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> OTHER;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser json) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) elements.add(value(json));
        return elements;
    }
}
