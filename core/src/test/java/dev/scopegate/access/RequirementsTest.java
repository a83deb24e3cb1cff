package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.annotation.RequiresScope;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.scope.ScopeSet;
import jakarta.annotation.security.PermitAll;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsTest {
    private static final ScopeCatalog CATALOG = ScopeCatalog.of(
            Scope.named("read"), Scope.named("edit").implying("read"), Scope.named("jobs"), Scope.named("admin"));

    interface Left {
        @RequiresScope("read")
        void same();

        @RequiresScope("read")
        void differs();
    }

    interface Right {
        @RequiresScope("read")
        void same();

        @PermitAll
        void differs();
    }

    static class Both implements Left, Right {
        @Override
        public void same() {}

        @Override
        public void differs() {}
    }

    static class Undeclared {
        public void plain() {}
    }

    private static Requirements requirements(String... settings) {
        Configuration.Builder builder = Configuration.builder(Settings.ALL);
        for (int i = 0; i < settings.length; i += 2)
            builder.add("test", java.util.Map.of(settings[i], settings[i + 1]));
        return new Requirements(CATALOG, builder.build(), false);
    }

    private static Requirement of(Class<?> type, String name) {
        return of(requirements(), type, name, Set.of("id"));
    }

    private static Requirement of(
            Requirements requirements, Class<?> type, String name, @Nullable Set<String> parameters) {
        Method method = Arrays.stream(type.getMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return requirements.ofMethod(type, method, parameters);
    }

    @Test
    void aMethodsAnnotationWinsOverItsClasses() {
        assertThat(of(AnnotatedResource.class, "inherits").scopes()).containsExactly("read");
        assertThat(of(AnnotatedResource.class, "both").scopes()).containsExactly("edit", "jobs");
        assertThat(of(AnnotatedResource.class, "open").access()).isEqualTo(Requirement.Access.PERMIT);
        assertThat(of(AnnotatedResource.class, "shut").access()).isEqualTo(Requirement.Access.DENY);
    }

    @ParameterizedTest(name = "{0} with [{1}]: {2}")
    @CsvSource({
        "inherits,read,true",
        "inherits,edit,true",
        "inherits,admin,true",
        "inherits,jobs,false",
        "both,edit,false",
        "both,edit jobs,true",
        "both,admin,true",
        "either,jobs,true",
        "either,edit,true",
        "either,read,false",
        "roles,jobs,true",
        "roles,read,false",
        "roles,'',false",
    })
    void scopesSufficeAllTogetherOrAnyOfThem(String method, String held, boolean granted) {
        assertThat(of(AnnotatedResource.class, method).grantedBy(ScopeSet.parse(held)))
                .isEqualTo(granted);
    }

    @Test
    void resourceFreshAndHideAreTakenOver() {
        Requirement either = of(AnnotatedResource.class, "either");

        assertThat(either.resource()).hasToString("dataset:{id}");
        assertThat(either.fresh()).isTrue();
        assertThat(either.hide()).isTrue();
        assertThat(of(AnnotatedResource.class, "both").fresh()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "misspelt;scope 'edti' is not in the scope catalog; the nearest valid name is 'edit'",
                "empty;@RequiresScope names no scope; use @PermitAll or @DenyAll to say that",
                "nobody;@RolesAllowed names no scope",
                "missing;the resource 'dataset:{dataset}' needs the path parameter 'dataset'",
                "unpaired;'dataset:{id' has a brace without its pair",
                "contradictory;contradictory annotations [@RequiresScope, @PermitAll]; keep one",
                "export;@ExportLimited needs a ledger; set 'export-ledger' to 'memory' or 'token-store'",
            })
    void whatDoesNotFitTogetherStopsTheStartAndNamesTheMethod(String method, String sentence) {
        assertThatThrownBy(() -> of(AnnotatedResource.class, method))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(AnnotatedResource.class.getName() + "." + method + ": ")
                .hasMessageContaining(sentence);
    }

    @Test
    void parametersThatAreNotKnownBeforeTheRequestAreNotChecked() {
        assertThat(of(requirements(), AnnotatedResource.class, "missing", null).resource())
                .hasToString("dataset:{dataset}");
    }

    @Test
    void theSameFromTwoInterfacesIsNoContradictionAndDifferentIs() {
        assertThat(of(Both.class, "same").scopes()).containsExactly("read");
        assertThatThrownBy(() -> of(Both.class, "differs")).hasMessageContaining("contradictory annotations");
    }

    @Test
    void anExportIsLetThroughOnlyWhereThatIsAllowed() {
        Requirement export =
                of(requirements("export-without-policy", "allow"), AnnotatedResource.class, "export", Set.of("id"));

        assertThat(export.export()).hasToString("dataset:{id}");
        assertThat(export.scopes()).containsExactly("read");
        assertThatThrownBy(() -> of(
                        requirements("export-without-policy", "allow"), AnnotatedResource.class, "export", Set.of("x")))
                .hasMessageContaining("needs the path parameter 'id'");
    }

    @Test
    void whatAnybodyMayHaveIsNoTokensExport() {
        assertThatThrownBy(() -> of(
                        requirements("export-without-policy", "allow"),
                        AnnotatedResource.class,
                        "giveAway",
                        Set.of("id")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("anybody may come here without one");
    }

    @ParameterizedTest
    @CsvSource({"authenticated,TOKEN", "deny,DENY", "permit,PERMIT"})
    void aMethodThatDeclaresNothingGetsTheDefault(String setting, Requirement.Access access) {
        Requirement plain = of(requirements("default-access", setting), Undeclared.class, "plain", Set.of());

        assertThat(plain.access()).isEqualTo(access);
        assertThat(plain.declared()).isFalse();
        assertThat(plain.scopes()).isEmpty();
        assertThat(of(AnnotatedResource.class, "open").declared()).isTrue();
    }

    @Test
    void defaultsOfTheTableAreTheStrictOnes() {
        Setting<?> access = Settings.DEFAULT_ACCESS;

        assertThat(access.defaultText()).isEqualTo("authenticated");
        assertThat(Settings.EXPORT_WITHOUT_POLICY.defaultText()).isEqualTo("refuse");
    }
}
