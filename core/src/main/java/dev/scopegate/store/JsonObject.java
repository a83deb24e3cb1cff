package dev.scopegate.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object read strictly: every complaint names the place and the field, never the value. */
final class JsonObject {
    private final String place;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    JsonObject(String place, JsonNode node) {
        if (!node.isObject()) throw new IllegalArgumentException(place + " is not a JSON object");
        this.place = place;
        this.node = node;
    }

    /** A text that has to be there. */
    String text(String field) {
        return as(field, text -> text);
    }

    /** A text that has to be there and is read as something. */
    <T> T as(String field, Function<String, T> reader) {
        T value = find(field, reader);
        if (value == null) throw wrong(field, "is missing");
        return value;
    }

    /** A text that may be null or left out. */
    <T> @Nullable T find(String field, Function<String, T> reader) {
        known.add(field);
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return null;
        if (!value.isTextual()) throw wrong(field, "is not a string");
        return read(field, value.textValue(), reader);
    }

    <T> T read(String field, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw wrong(field, "is ill-formed"); // without its cause, which quotes the value
        }
    }

    /** The texts of an array; empty when it is null or left out. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(field)) {
            if (!element.isTextual()) throw wrong(field, "holds something that is not a string");
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The objects of an array that has to be there. */
    List<JsonObject> objects(String field) {
        if (!node.path(field).isArray()) throw wrong(field, "is not an array");
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : array(field)) {
            String name = place.equals("the file") ? "" : place + ".";
            objects.add(new JsonObject(name + field + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    private JsonNode array(String field) {
        known.add(field);
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray()) throw wrong(field, "is not an array");
        return value;
    }

    /** Called last: a field that nothing asked for is a mistake. */
    void refuseOthers() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        place + ": unknown field '" + name + "'" + Nearest.hint(name, known));
            }
        });
    }

    IllegalArgumentException wrong(String field, String what) {
        return new IllegalArgumentException(place + ": the field '" + field + "' " + what);
    }
}
