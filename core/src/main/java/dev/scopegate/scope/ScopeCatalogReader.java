package dev.scopegate.scope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.scopegate.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a catalog file token by token, so that every complaint can name its line. */
final class ScopeCatalogReader {
    private static final List<String> FIELDS = List.of("name", "description", "group", "implies", "default");

    private final JsonParser json;
    private final List<Scope> scopes = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ScopeCatalogReader(JsonParser json) {
        this.json = json;
    }

    static ScopeCatalog read(InputStream in) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser json = factory.createParser(in)) {
            ScopeCatalogReader reader = new ScopeCatalogReader(json);
            reader.catalog();
            return ScopeCatalog.of(reader.scopes, reader.lines);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // null when a limit of the parser is exceeded
            throw new IllegalArgumentException(
                    (at == null ? "" : "line " + at.getLineNr() + ": ") + "not well-formed JSON: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private void catalog() throws IOException {
        json.nextToken();
        expect(JsonToken.START_OBJECT, "an object with the field 'scopes'");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (!json.currentName().equals("scopes")) throw unknown(json.currentName(), List.of("scopes"));
            json.nextToken();
            expect(JsonToken.START_ARRAY, "an array of scopes");
            while (json.nextToken() != JsonToken.END_ARRAY) scope();
        }
        if (json.nextToken() != null) throw wrong("nothing after the catalog's closing brace is expected");
    }

    private void scope() throws IOException {
        expect(JsonToken.START_OBJECT, "a scope as an object");
        int line = json.currentTokenLocation().getLineNr();
        String name = "";
        String description = "";
        String group = "";
        List<String> implies = new ArrayList<>();
        boolean byDefault = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = text();
                case "description" -> description = text();
                case "group" -> group = text();
                case "default" -> byDefault = bool();
                case "implies" -> {
                    expect(JsonToken.START_ARRAY, "an array of scope names");
                    while (json.nextToken() != JsonToken.END_ARRAY) implies.add(text());
                }
                default -> throw unknown(field, FIELDS);
            }
        }
        try {
            scopes.add(new Scope(name, description, group, implies, byDefault));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
        }
        lines.putIfAbsent(name, line);
    }

    private String text() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return json.getText();
    }

    private boolean bool() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_TRUE) return true;
        expect(JsonToken.VALUE_FALSE, "true or false");
        return false;
    }

    private void expect(JsonToken wanted, String what) {
        if (json.currentToken() != wanted) throw wrong(what + " is expected");
    }

    private IllegalArgumentException unknown(String field, List<String> valid) {
        return wrong("unknown field '" + field + "'" + Nearest.hint(field, valid));
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "line " + json.currentTokenLocation().getLineNr() + ": " + what);
    }
}
