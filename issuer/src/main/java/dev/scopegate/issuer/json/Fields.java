package dev.scopegate.issuer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object, strictly. What is missing, of another type or not read at all goes to the errors,
 * and the reader gets null or nothing for it. For one thread.
 */
public final class Fields {
    private final @Nullable JsonNode object;
    private final String path;
    private final FieldErrors errors;
    private final Set<String> read = new HashSet<>();

    /**
     * Fields of an object.
     *
     * @param node the object; anything else is an error, and nothing is asked of null
     * @param path that of the object, with a dot at its end, or empty
     */
    public Fields(@Nullable JsonNode node, String path, FieldErrors errors) {
        boolean wrong = node != null && !node.isObject();
        if (wrong) errors.invalidType(path.isEmpty() ? null : path.substring(0, path.length() - 1));
        this.object = wrong ? null : node;
        this.path = path;
        this.errors = errors;
    }

    /** The path of a field, for errors. */
    public String attr(String name) {
        return path + name;
    }

    /** A field of any type; null when it is not there. */
    public @Nullable JsonNode any(String name) {
        read.add(name);
        return object == null ? null : object.get(name);
    }

    /** A field of any type that must be there. */
    public @Nullable JsonNode required(String name) {
        JsonNode value = any(name);
        if (value == null && object != null) errors.required(attr(name));
        return value;
    }

    private @Nullable String textOf(String name, @Nullable JsonNode value) {
        if (value == null) return null;
        if (value.isTextual()) return value.textValue();
        errors.invalidType(attr(name));
        return null;
    }

    /** A text that must be there. */
    public @Nullable String text(String name) {
        return textOf(name, required(name));
    }

    public @Nullable String optionalText(String name) {
        return textOf(name, any(name));
    }

    /** A whole number between two bounds, both included. */
    public long number(String name, long byDefault, long min, long max) {
        JsonNode value = any(name);
        if (value == null) return byDefault;
        if (!value.isIntegralNumber()) errors.invalidType(attr(name));
        else if (value.canConvertToLong() && value.longValue() >= min && value.longValue() <= max) {
            return value.longValue();
        } else errors.invalid(attr(name), "A whole number from " + min + " to " + max + ".");
        return byDefault;
    }

    /** An object that must be there; one of which nothing is asked when it is not. */
    public Fields object(String name) {
        return new Fields(required(name), attr(name) + ".", errors);
    }

    /** The elements of a list, which may be of any type; null when it is not there. */
    public @Nullable List<JsonNode> list(String name) {
        return elements(name, any(name));
    }

    /** The texts of a list; null when it is not there. One that holds anything else is an error. */
    public @Nullable List<String> texts(String name) {
        List<JsonNode> elements = list(name);
        if (elements == null) return null;
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!elements.get(i).isTextual()) errors.invalidType(attr(name) + "." + i);
            else texts.add(elements.get(i).textValue());
        }
        return texts;
    }

    /** The objects of a list that must be there and hold something. */
    public List<Fields> objects(String name) {
        List<JsonNode> elements = elements(name, required(name));
        if (elements != null && elements.isEmpty()) errors.invalid(attr(name), "A list of at least one element.");
        return objects(name, elements);
    }

    /** The objects of a list, which may be left out. */
    public List<Fields> optionalObjects(String name) {
        return objects(name, list(name));
    }

    private @Nullable List<JsonNode> elements(String name, @Nullable JsonNode value) {
        if (value == null) return null;
        if (!value.isArray()) {
            errors.invalidType(attr(name));
            return null;
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    private List<Fields> objects(String name, @Nullable List<JsonNode> elements) {
        List<Fields> objects = new ArrayList<>();
        if (elements == null) return objects;
        for (JsonNode element : elements) {
            objects.add(new Fields(element, attr(name) + "." + objects.size() + ".", errors));
        }
        return objects;
    }

    /** To be called last: every field that was not read is an error. */
    public void noOthers() {
        if (object == null) return;
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) errors.unknown(attr(name));
        }
    }
}
