package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportsResourceTest {
    @ParameterizedTest
    @CsvSource({
        "dataset:a, dataset:a",
        "dataset/a, dataset:a",
        "dataset/a/b, dataset:a/b",
        "dataset:a/b, dataset:a/b",
        "a/b:c, a/b:c",
        "/a, /a",
        "penguins, penguins"
    })
    void aNameWithoutAColonHasItAtItsFirstSlash(String path, String resource) {
        assertThat(ExportsResource.resource(path)).isEqualTo(resource);
    }
}
