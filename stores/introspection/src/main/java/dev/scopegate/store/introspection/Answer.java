package dev.scopegate.store.introspection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An introspection response (RFC 7662 §2.2) read strictly: one JSON object, no key twice, nothing after it, every field that is
 * asked for of its own type. Null counts as left out. Immutable.
 */
final class Answer {
    private static final int DEEPEST = 32;
    /** The end of the year 9999: what lies beyond is a count of milliseconds, or an attempt at an overflow. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private Answer(JsonNode object) {
        this.object = object;
    }

    static Answer read(byte[] body) throws Failure {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isObject()) return new Answer(root);
        } catch (IOException e) {
            // without the parser's words, which quote what was received
            throw Failure.useless("the introspection server's answer is not well-formed JSON");
        }
        throw Failure.useless("the introspection server's answer is not a JSON object");
    }

    /** Whether the server says that the token is good. Nothing but a boolean says so. */
    boolean active() throws Failure {
        JsonNode active = object.path("active");
        if (!active.isBoolean()) throw wrong("active", "true or false");
        return active.booleanValue();
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** A string; null when it is left out. */
    @Nullable String text(String field) throws Failure {
        if (!has(field)) return null;
        JsonNode value = object.path(field);
        if (!value.isTextual()) throw wrong(field, "a string");
        return value.textValue();
    }

    /** A string or an array of strings; empty when it is left out. */
    List<String> texts(String field) throws Failure {
        JsonNode value = object.path(field);
        if (!value.isArray()) {
            String one = text(field);
            return one == null ? List.of() : List.of(one);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) throw wrong(field, "an array of strings");
            texts.add(element.textValue());
        }
        return texts;
    }

    /** A whole number of seconds since 1970; null when it is left out. */
    @Nullable Instant instant(String field) throws Failure {
        if (!has(field)) return null;
        JsonNode value = object.path(field);
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        if (!fits || value.longValue() < 0 || value.longValue() > LATEST_SECOND) {
            throw wrong(field, "a whole number of seconds since 1970");
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    private static Failure wrong(String field, String what) {
        return Failure.useless("the introspection server's answer is of no use: '" + field + "' is not " + what);
    }
}
