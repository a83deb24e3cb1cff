package dev.scopegate.store.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON that somebody else wrote: UTF-8 and nothing else, no key twice, nothing after the object, not deep. */
final class StrictJson {
    private static final JsonFactory PEEKING = factory();
    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(32).build())
                // names come from anybody: none is kept for the next document
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** The object that the bytes are; null when they are anything else. */
    static @Nullable ObjectNode object(byte[] bytes) {
        return node(bytes) instanceof ObjectNode object ? object : null;
    }

    /** The value that the bytes are; null when they are not well-formed. */
    static @Nullable JsonNode node(byte[] bytes) {
        try {
            // Jackson itself would guess the encoding, and replace what is not well-formed
            return MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Whether a member of the object, at its top level, is one of these texts. Reads no further than that, whatever stands
     * behind it.
     */
    static boolean hasMember(byte[] bytes, String name, Set<String> texts) {
        try (JsonParser parser = PEEKING.createParser(new String(bytes, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (named && value == JsonToken.VALUE_STRING && texts.contains(parser.getText())) return true;
                parser.skipChildren();
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}
