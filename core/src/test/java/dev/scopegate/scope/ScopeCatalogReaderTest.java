package dev.scopegate.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeCatalogReaderTest {
    private static ScopeCatalog read(String json) throws IOException {
        return ScopeCatalog.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aCatalogIsReadWithAllItsFields() throws Exception {
        ScopeCatalog catalog = read("""
                {"scopes": [
                  {"name": "public", "description": "What everybody sees", "group": "Data", "default": true},
                  {"name": "data.edit", "implies": ["public"], "default": false},
                  {"name": "admin"}
                ]}
                """);

        assertThat(catalog.scopes())
                .containsExactly(
                        new Scope("public", "What everybody sees", "Data", java.util.List.of(), true),
                        Scope.named("data.edit").implying("public"),
                        Scope.named("admin"));
        assertThat(catalog.grants(ScopeSet.of("data.edit"), "public")).isTrue();
        assertThat(catalog.withDefaults(java.util.List.of())).containsExactly("public");
    }

    /** A slash stands for a line end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"scopes\":[/{\"name\":\"a\",\"implies\":[\"b\"]}]};line 2: scope 'a' implies 'b', which the catalog does not",
                "{\"scopes\":[/{\"name\":\"data.edit\"},/{\"name\":\"x\",\"implies\":[\"data.edti\"]}]};line 3: scope 'x'",
                "{\"scopes\":[{\"name\":\"data.edit\"},{\"name\":\"x\",\"implies\":[\"data.edti\"]}]};valid name is 'data.edit'",
                "{\"scopes\":[{\"name\":\"a\"},//{\"name\":\"b\",\"implies\":[\"b\"]}]};line 3: scope 'b' implies itself",
                "{\"scopes\":[/{\"name\":\"a\"},/{\"name\":\"a\"}]};scope 'a' is declared twice",
                "{\"scopes\":[/{\"description\":\"x\"}]};line 2: a scope name is visible ASCII",
                "{\"scopes\":[/{\"name\":\"a b\"}]};line 2: a scope name is visible ASCII",
                "{\"scopes\":[/{\"name\":7}]};line 2: a string is expected",
                "{\"scopes\":[/{\"name\":null}]};line 2: a string is expected",
                "{\"scopes\":[/{\"name\":\"a\",\"default\":\"true\"}]};line 2: true or false is expected",
                "{\"scopes\":[/{\"name\":\"a\",/\"implies\":\"b\"}]};line 3: an array of scope names is expected",
                "{\"scopes\":[/{\"name\":\"a\",\"implies\":[1]}]};line 2: a string is expected",
                "{\"scopes\":[/\"a\"]};line 2: a scope as an object is expected",
                "{\"scopes\":[/[]]};line 2: a scope as an object is expected",
                "{\"scopes\":/{}};line 2: an array of scopes is expected",
                "{/\"scope\":[]};line 2: unknown field 'scope'; the nearest valid name is 'scopes'",
                "{\"scopes\":[{/\"nmae\":\"a\"}]};line 2: unknown field 'nmae'; the nearest valid name is 'name'",
                "[];line 1: an object with the field 'scopes' is expected",
                "7;line 1: an object with the field 'scopes' is expected",
                "``;an object with the field 'scopes' is expected",
                "{\"scopes\":[]}/{};line 2: nothing after the catalog's closing brace is expected",
                "{\"scopes\":[/{\"name\":\"a\",/\"name\":\"b\"}]};line 3: not well-formed JSON: Duplicate field 'name'",
                "{\"scopes\":[],/\"scopes\":[]};line 2: not well-formed JSON: Duplicate",
                "{\"scopes\":[/{\"name\":\"a\"}/{\"name\":\"b\"}]};line 3: not well-formed JSON",
                "{\"scopes\":[/{\"name\":\"a\";line 2: not well-formed JSON",
                "{\"scopes\":[/;not well-formed JSON",
                "{/'scopes':[]};line 2: not well-formed JSON",
                "{\"scopes\":[],};not well-formed JSON",
            })
    void aMistakeIsNamedWithItsLine(String json, String sentence) {
        assertThatThrownBy(() -> read(json.replace('/', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aNameBeyondTheParsersLimitsIsRefusedLikeAnyOtherNonsense() {
        assertThatThrownBy(() -> read("{\"" + "x".repeat(100_000) + "\":[]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not well-formed JSON");
    }
}
