package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import jakarta.annotation.security.PermitAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same annotations on servlets, where only the class counts. */
class ServletRequirementsTest {
    @RequiresScope("read")
    static class Annotated {
        protected void doGet() {}
    }

    static class Derived extends Annotated {}

    static class Plain {
        protected void doGet() {}
    }

    static class OnGet {
        @PermitAll
        protected void doGet() {}
    }

    static class OnInheritedGet extends OnGet {}

    @RequiresScope("read")
    static class ExportOnGet {
        @ExportLimited("dataset:penguins")
        protected void doGet() {}
    }

    @RequiresScope(value = "read", resource = "dataset:{id}")
    static class WithParameter {}

    @RequiresScope("raed")
    static class Misspelt {}

    @ExportLimited("dataset:penguins")
    static class Export {}

    private final Requirements requirements =
            new Requirements(ScopeCatalog.of(Scope.named("read")), Configuration.defaults(), false);

    @Test
    void aServletsClassSaysWhatItAsksFor() {
        assertThat(requirements.ofServlet(Annotated.class)).isNotNull();
        assertThat(requirements.ofServlet(Derived.class))
                .isNotNull()
                .extracting(Requirement::scopes)
                .isEqualTo(java.util.List.of("read"));
        assertThat(requirements.ofServlet(Plain.class)).isNull();
    }

    @ParameterizedTest
    @ValueSource(classes = {OnGet.class, OnInheritedGet.class, ExportOnGet.class})
    void anAnnotationOnAMethodOfAServletStopsTheStart(Class<?> servlet) {
        assertThatThrownBy(() -> requirements.ofServlet(servlet))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(servlet.getName() + ".doGet: @")
                .hasMessageContaining("on a servlet's method has no effect");
    }

    @Test
    void whatDoesNotFitTogetherStopsTheStart() {
        assertThatThrownBy(() -> requirements.ofServlet(WithParameter.class))
                .hasMessageContaining("needs the path parameter 'id'");
        assertThatThrownBy(() -> requirements.ofServlet(Misspelt.class))
                .hasMessageContaining("nearest valid name is 'read'");
        assertThatThrownBy(() -> requirements.ofServlet(Export.class)).hasMessageContaining("export-without-policy");
    }
}
