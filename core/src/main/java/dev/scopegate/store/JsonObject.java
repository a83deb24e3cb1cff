package dev.scopegate.store;

import dev.scopegate.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object read strictly: every complaint names the place and the field, never the value. */
final class JsonObject {
    private final String place;
    private final Map<?, ?> fields;
    private final Set<String> known = new LinkedHashSet<>();

    /** {@code value}: as {@link JsonValues} reads it. */
    JsonObject(String place, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> object)) throw new IllegalArgumentException(place + " is not a JSON object");
        this.place = place;
        this.fields = object;
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
        Object value = fields.get(field);
        if (value == null) return null;
        if (!(value instanceof String text)) throw wrong(field, "is not a string");
        return read(field, text, reader);
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
        for (Object element : array(field)) {
            if (!(element instanceof String text)) throw wrong(field, "holds something that is not a string");
            texts.add(text);
        }
        return texts;
    }

    /** The objects of an array that has to be there. */
    List<JsonObject> objects(String field) {
        if (!(fields.get(field) instanceof List)) throw wrong(field, "is not an array");
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : array(field)) {
            String name = place.equals("the file") ? "" : place + ".";
            objects.add(new JsonObject(name + field + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    private List<?> array(String field) {
        known.add(field);
        Object value = fields.get(field);
        if (value == null) return List.of();
        if (value instanceof List<?> elements) return elements;
        throw wrong(field, "is not an array");
    }

    /** Called last: a field that nothing asked for is a mistake. */
    void refuseOthers() {
        for (Object name : fields.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        place + ": unknown field '" + name + "'" + Nearest.hint(name.toString(), known));
            }
        }
    }

    IllegalArgumentException wrong(String field, String what) {
        return new IllegalArgumentException(place + ": the field '" + field + "' " + what);
    }
}
