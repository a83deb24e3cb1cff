package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {
    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(
                        Misfits.Undeclared.class,
                        "$Undeclared.get: scope 'data.dta' is not in the scope catalog; the nearest valid name is"
                                + " 'data.data'"),
                Arguments.of(
                        Misfits.UndeclaredRole.class, "$UndeclaredRole.get: scope 'Admin' is not in the scope catalog"),
                Arguments.of(
                        Misfits.MissingParameter.class,
                        "$MissingParameter.get: the resource 'dataset:{datasetID}' needs the path parameter"
                                + " 'datasetID', which the path does not have; the nearest valid name is 'datasetId'"),
                Arguments.of(Misfits.Empty.class, "$Empty.get: @RequiresAnyScope names no scope"),
                Arguments.of(
                        Misfits.Contradictory.class,
                        "$Contradictory.get: contradictory annotations [@RequiresScope, @PermitAll]; keep one"),
                Arguments.of(
                        Misfits.ContradictoryClass.class,
                        "$ContradictoryClass.get: contradictory annotations [@PermitAll, @DenyAll]; keep one"),
                Arguments.of(Misfits.Brace.class, "$Brace.get: 'dataset:{id' has a brace without its pair"),
                Arguments.of(Misfits.Exports.class, "$Exports.get: @ExportLimited needs a ledger"),
                Arguments.of(
                        Misfits.Locator.class,
                        "$Locator.sub: @RequiresScope on a sub-resource locator has no effect; put it on the"
                                + " sub-resource's class or methods"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitStopsTheStart(Class<?> resource, String sentence) {
        assertStopped(ResourceServer.of(resource), sentence);
    }

    @Test
    void anExportGoesOutWhereTheSettingsSayThatItMay() throws Exception {
        try (ResourceServer server =
                ResourceServer.of(Misfits.Exports.class).set(Settings.EXPORT_WITHOUT_POLICY, "allow")) {
            server.start();
            assertThat(server.getAs(Front.NONE, server.tokens.mint("public"), "/exports"))
                    .hasToString("200 data");
        }
    }

    @Test
    void aSettingThatDoesNotExistStopsTheStart() {
        assertStopped(
                fromContextParams("scopegate.default-acces", "deny"),
                "context-params: unknown setting 'default-acces'; the nearest valid name is 'default-access'");
    }

    @Test
    void aValueThatIsNoneStopsTheStart() {
        assertStopped(
                fromContextParams("scopegate.default-access", "open"),
                "context-params, setting 'default-access': the value is none of authenticated, deny, permit");
    }

    @Test
    void aMissingCatalogStopsTheStart() {
        assertStopped(fromContextParams("realm", "not ours"), "the setting 'scope-catalog' is missing");
    }

    @Test
    void whoForgotTheFilterOrWhoseFilterFailedIsToldThatNoneHasStarted() {
        assertStopped(
                fromContextParams("realm", "not ours"),
                "no BearerTokenFilter has started in this application, so the JAX-RS feature reads context-params");
    }

    @ParameterizedTest
    @CsvSource({
        "OnClass, RequiresScope",
        "OnMethod, RequiresAnyScope",
        "OnInterface, RequiresScope",
        "Exporting, ExportLimited"
    })
    void annotationsThatNobodyReadsStopTheStart(String resource, String annotation) throws Exception {
        Class<?> type = Class.forName(Unread.class.getName() + "$" + resource);
        assertStopped(
                ResourceServer.without().with(app -> app.register(type)),
                "$" + resource + ".get: nobody reads @" + annotation + "; register dev.scopegate.jaxrs.ScopegateFeature"
                        + " in the JAX-RS application");
    }

    @Test
    void anApplicationThatForgetsTheFeatureAnswersNobodyFromASubResource() throws Exception {
        try (ResourceServer server = ResourceServer.without().with(app -> app.register(Unread.Root.class))) {
            server.start();
            for (Front front : Front.values()) {
                assertThat(server.getAs(front, server.tokens.mint("admin"), "/root/sub")
                                .status())
                        .isEqualTo(500);
            }
        }
    }

    @Test
    void anApplicationWithoutOurAnnotationsNeedsNoFeature() throws Exception {
        try (ResourceServer server = ResourceServer.without().with(app -> app.register(Unread.Others.class))) {
            server.start();
            assertThat(server.get(Front.NONE, "/others")).hasToString("200 data");
            assertThat(server.get(Front.FILTER, "/others")).hasToString("401 not_authenticated");
        }
    }

    private static ResourceServer fromContextParams(String name, String value) {
        return ResourceServer.of(Shelves.Plain.class).change(context -> {
            context.removeAttribute(Scopegate.ATTRIBUTE);
            context.setInitParameter(name, value);
        });
    }

    private static void assertStopped(ResourceServer server, String sentence) {
        try (server) {
            assertThatThrownBy(server::start)
                    .satisfies(thrown -> assertThat(Stream.iterate(thrown, t -> t != null, Throwable::getCause))
                            .anySatisfy(cause -> assertThat(cause)
                                    .isInstanceOf(ConfigurationException.class)
                                    .hasMessageContaining(sentence)
                                    .hasMessageNotContaining("\n")));
        }
    }
}
