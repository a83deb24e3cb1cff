package dev.scopegate.store.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.text.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One issuer in the file of issuers, read strictly: every complaint names the place and never a value. */
record FileFields(String element, ObjectNode json) implements IssuerFields {
    private static final List<String> KNOWN =
            List.of("issuer", "audience", "jwks_file", "jwks_uri", "hmac_key_file", "algorithms", "scopes", "own");

    FileFields {
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new ConfigurationException(
                        element + ": unknown field '" + name + "'" + Nearest.hint(name, KNOWN));
            }
        });
    }

    /** The issuers of a file, in their order. */
    static List<IssuerFields> read(Path file) {
        String place = "jwt-issuers: " + file;
        JsonNode root;
        try {
            root = StrictJson.node(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(place + " cannot be read: " + e, e);
        }
        if (root == null) throw new ConfigurationException(place + " is not well-formed JSON, or names a key twice");
        if (!root.isArray()) throw new ConfigurationException(place + " is not an array of issuers");
        List<IssuerFields> issuers = new ArrayList<>();
        for (JsonNode one : root) {
            String element = place + ", [" + issuers.size() + "]";
            if (!(one instanceof ObjectNode object)) throw new ConfigurationException(element + " is not an object");
            issuers.add(new FileFields(element, object));
        }
        return issuers;
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    @Override
    public @Nullable String text(String field) {
        JsonNode value = value(field);
        if (value == null) return null;
        if (!value.isTextual()) throw wrong(field, "is not a string");
        return value.textValue();
    }

    @Override
    public @Nullable List<String> texts(String field) {
        JsonNode value = value(field);
        if (value == null) return null;
        if (!value.isArray()) throw wrong(field, "is not an array of strings");
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) throw wrong(field, "holds something that is not a string");
            texts.add(element.textValue());
        }
        return texts;
    }

    @Override
    public boolean flag(String field) {
        JsonNode value = value(field);
        if (value == null) return false;
        if (!value.isBoolean()) throw wrong(field, "is not true or false");
        return value.booleanValue();
    }

    @Override
    public @Nullable SecretKey secret() {
        String file = text("hmac_key_file");
        if (file == null) return null;
        try {
            String key = Files.readString(Path.of(file)).stripTrailing();
            if (key.isEmpty()) throw wrong("hmac_key_file", "names an empty file");
            return new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        } catch (IOException | InvalidPathException e) {
            throw wrong("hmac_key_file", "names a file that cannot be read as text");
        }
    }

    @Override
    public String place(String field) {
        return element + "." + field;
    }
}
