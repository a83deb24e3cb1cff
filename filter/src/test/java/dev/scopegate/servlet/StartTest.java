package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.Scopegate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | line 1 'GET': a rule is written METHODS PATH ACCESS",
                "GET reports permit | does not begin with '/'",
                "get /reports permit | no method in capitals",
                "* /a data.dta | scope 'data.dta' is not in the scope catalog; the nearest valid name is 'data.data'",
                "* /a permit data.data | do not go together",
                "* /a/*/b permit | {variables} as whole segments",
                "* /a/{id} data.data resource=x:{di} | no variable 'di'; the nearest valid name is 'id'",
                "* /a permit resource=x | only a rule that needs a token",
                "* /{a}/{a} permit | names a variable twice",
                "* /a any | do not go together"
            })
    void aRuleThatCannotBeReadStopsTheStart(String rule, String sentence) throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.rules(rule).serving("/*", new Servlets.WhoAmI());
            assertThatThrownBy(server::start).hasStackTraceContaining(sentence);
        }
    }

    /** Payara and GlassFish would serve the application without the filter. */
    @ParameterizedTest
    @ValueSource(strings = {"Payara Micro #badassfish", "GlassFish 7.0.25"})
    void whereAFailingFilterIsLeftOutItStartsAndRefusesEverything(String container) throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.rules("GET").serving("/*", new Servlets.WhoAmI());
            server.context.getServer().setServerInfo(container);
            server.start();

            assertThat(server.get("/app/x").status()).isEqualTo(500);
            assertThat(server.getAs(server.token("admin"), "/app/x").status()).isEqualTo(500);
        }
    }

    @Test
    void aServletThatNamesAnUnknownScopeStopsTheStart() throws Exception {
        assertStartFails(
                new Servlets.Misspelt(),
                "Servlets$Misspelt: scope 'data.dta' is not in the scope catalog; the nearest valid name is 'data.data'");
    }

    @Test
    void anAnnotationOnAServletsMethodStopsTheStart() throws Exception {
        assertStartFails(new Servlets.AnnotatedMethod(), "Servlets$AnnotatedMethod.doGet: @RequiresScope");
    }

    private static void assertStartFails(Servlet servlet, String sentence) throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.serving("/*", servlet);
            assertThatThrownBy(server::start).hasStackTraceContaining(sentence);
        }
    }

    @Test
    void aSettingThatCodeHasMadeAlreadyIsRefusedAsInitParam() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.filter.setInitParameters(Map.of("realm", "x"));
            assertThatThrownBy(server::start).hasStackTraceContaining("other settings belong to the Scopegate");
        }
    }

    @Test
    void withoutCodeEverythingComesFromInitParamsAndEndsWithTheFilter() throws Exception {
        Path catalog = Files.writeString(
                folder.resolve("scopes.json"), "{\"scopes\":[{\"name\":\"public\",\"default\":true}]}");
        Path tokens = Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":[]}");
        try (GuardedServer server = new GuardedServer()) {
            server.context.removeAttribute(Scopegate.ATTRIBUTE);
            server.filter.setInitParameters(
                    Map.of("scope-catalog", catalog.toString(), "token-file", tokens.toString(), "realm", "hub \"1\""));
            server.serving("/*", new Servlets.WhoAmI()).start();
            assertThat(server.get("/app/who").header("WWW-Authenticate")).isEqualTo("Bearer realm=\"hub \\\"1\\\"\"");
            assertThat(server.context.getServletContext().getAttribute(Scopegate.ATTRIBUTE))
                    .isInstanceOf(Scopegate.class);
        }
        // the poller belonged to the filter: shut down, it dies as soon as it is scheduled
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("scopegate-token-file")) thread.join(10_000);
            assertThat(thread.getName().equals("scopegate-token-file") && thread.isAlive())
                    .isFalse();
        }
    }

    @Test
    void aSecondFilterWithSettingsIsToldThatTheFirstHasThem() throws Exception {
        Path catalog = Files.writeString(
                folder.resolve("scopes.json"), "{\"scopes\":[{\"name\":\"public\",\"default\":true}]}");
        Path tokens = Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":[]}");
        Map<String, String> settings = Map.of("scope-catalog", catalog.toString(), "token-file", tokens.toString());
        try (GuardedServer server = new GuardedServer()) {
            server.context.removeAttribute(Scopegate.ATTRIBUTE);
            server.filter.setInitParameters(settings);
            FilterHolder again = new FilterHolder(new BearerTokenFilter());
            again.setInitParameters(settings);
            server.context.addFilter(again, "/api/*", EnumSet.allOf(DispatcherType.class));
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining("which has started already; one BearerTokenFilter is enough");
        }
    }

    @Test
    void anUnknownInitParamStopsTheStartWithTheNearestName() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.context.removeAttribute(Scopegate.ATTRIBUTE);
            server.filter.setInitParameters(Map.of("cache-tll", "5s"));
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining("unknown setting 'cache-tll'; the nearest valid name is 'cache-ttl'");
        }
    }

    @Test
    void aMissingCatalogStopsTheStartAndSaysHowToGiveIt() throws Exception {
        try (GuardedServer server = new GuardedServer()) {
            server.context.removeAttribute(Scopegate.ATTRIBUTE);
            assertThatThrownBy(server::start).hasStackTraceContaining("the setting 'scope-catalog' is missing");
        }
    }
}
