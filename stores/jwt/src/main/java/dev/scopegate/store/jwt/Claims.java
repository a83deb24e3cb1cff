package dev.scopegate.store.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims of one JWT, each read as the type it has to have (RFC 7519 §4.1); one that has another is refused. */
final class Claims {
    private static final int MAX_NAME_LENGTH = 255;
    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final ObjectNode json;

    Claims(ObjectNode json) {
        this.json = json;
    }

    /** A text of 1 to 255 characters that can stand in a log and a list; null when there is none. */
    @Nullable String name(String claim) throws Refused {
        JsonNode value = json.get(claim);
        if (value == null) return null;
        String text = value.textValue();
        if (text == null
                || text.isEmpty()
                || text.length() > MAX_NAME_LENGTH
                || !text.codePoints().allMatch(Claims::isVisible)) {
            throw new Refused("a name is no text, empty, too long, or has control characters");
        }
        return text;
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** A NumericDate, fractions cut to milliseconds; null when there is none. */
    @Nullable Instant date(String claim) throws Refused {
        JsonNode value = json.get(claim);
        if (value == null) return null;
        if (!value.isNumber()) throw new Refused("a date is no number");
        double seconds = value.doubleValue();
        if (!(seconds >= 0 && seconds <= LAST_SECOND)) throw new Refused("a date is out of range");
        if (value.isIntegralNumber()) return Instant.ofEpochSecond(value.longValue());
        return Instant.ofEpochMilli((long) Math.floor(seconds * 1_000));
    }

    /** A text or an array of texts; empty when there is none. */
    List<String> texts(String claim) throws Refused {
        JsonNode value = json.get(claim);
        if (value == null) return List.of();
        if (value.isTextual()) return List.of(value.textValue());
        if (!value.isArray()) throw new Refused("a list is neither text nor array");
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) throw new Refused("a list holds something that is no text");
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The scopes in {@code scope}, or else in {@code scp}: names separated by spaces, or an array of names. */
    List<String> scopes() throws Refused {
        List<String> scopes = texts(json.has("scope") ? "scope" : "scp");
        return scopes.stream()
                .flatMap(some -> Arrays.stream(some.split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
