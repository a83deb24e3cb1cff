package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocatorTest {
    @RegisterExtension
    static final ResourceServer SERVER = ResourceServer.of(Located.Root.class, Located.AnnotatedLocatorOnly.class);

    @ParameterizedTest
    @CsvSource({
        "/root/penguins/instance/rows, 200 penguins",
        "/root/penguins/type/rows,     200 penguins",
        "/root/penguins/untyped/rows,  200 penguins",
        "/root/penguins/deep/deep/rows,200 penguins",
        "/root/other/instance/rows,    403 resource_not_allowed",
        "/root/other/type/rows,        403 resource_not_allowed",
        "/root/other/untyped/rows,     403 resource_not_allowed",
        "/root/other/deep/deep/rows,   403 resource_not_allowed",
        "/root/penguins/nothing/rows,  404 not_found",
        "/root/penguins/missing/rows,  404 not_found"
    })
    void aSubResourceIsGuardedHoweverItIsFound(String path, String expected) {
        String token =
                SERVER.tokens.mint(facts -> facts.scopes(List.of("public")).resources(List.of("dataset:penguins")));
        for (Front front : Front.values()) {
            assertThat(SERVER.getAs(front, token, path)).as(front.name()).hasToString(expected);
            assertThat(SERVER.get(front, path)).as(front.name()).hasToString("401 not_authenticated");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aSubResourceWithAWrongAnnotationNeverRuns(Front front) {
        String token = SERVER.tokens.mint("admin");
        for (String path : new String[] {"/misspelt/bad", "/parameter/bad"}) {
            for (int time = 0; time < 3; time++) {
                assertThat(SERVER.getAs(front, token, "/root/penguins" + path)).hasToString("500 error");
            }
        }
        assertThat(Located.RAN).hasValue(0);
    }

    @Test
    void itsOtherMethodsDo() {
        assertThat(SERVER.get(Front.NONE, "/root/penguins/misspelt/good")).hasToString("200 good");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anAnnotationOnALocatorProtectsNothingSoNothingIsServed(Front front) {
        String token = SERVER.tokens.mint("admin");
        assertThat(SERVER.getAs(front, token, "/believed/penguins/rows")).hasToString("500 error");
        assertThat(SERVER.getAs(front, token, "/believed/penguins/rows")).hasToString("500 error");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aParameterWithTwoDifferentValuesIsNotGuessed(Front front) {
        String token =
                SERVER.tokens.mint(facts -> facts.scopes(List.of("public")).resources(List.of("dataset:penguins")));
        assertThat(SERVER.getAs(front, token, "/root/penguins/again/penguins/rows"))
                .hasToString("200 penguins");
        assertThat(SERVER.getAs(front, token, "/root/penguins/again/other/rows"))
                .hasToString("500 error");
        assertThat(SERVER.getAs(front, token, "/root/other/again/penguins/rows"))
                .hasToString("500 error");
    }
}
