package dev.scopegate.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Settings;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.nio.file.Files;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationTest {
    static Stream<UnaryOperator<ResourceServer>> ways() {
        return Stream.of(
                server -> server.with(app -> app.register(ScopegateFeature.class)),
                server -> server.with(app -> app.register(new ScopegateFeature())),
                server -> server.with(app -> app.register(Wrapper.class)),
                server -> server.with(app -> app.register(new ScopegateFeature(server.scopegate()))),
                server ->
                        server.with(app -> app.register(ScopegateFeature.class).register(ScopegateFeature.class)),
                server -> server.with(app -> app.register(new ScopegateFeature(server.scopegate()))
                        .register(new ScopegateFeature(server.scopegate()))
                        .register(ScopegateFeature.class)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theFeatureWorksHoweverItIsRegistered(UnaryOperator<ResourceServer> way) throws Exception {
        ResourceServer server = ResourceServer.without()
                .set(Settings.CACHE_TTL, "0")
                .with(app -> app.register(Shelves.Plain.class).register(Shelves.Shelf.class));
        try (ResourceServer started = way.apply(server).start()) {
            assertThat(started.get(Front.NONE, "/plain")).hasToString("401 not_authenticated");
            assertThat(started.get(Front.NONE, "/missing")).hasToString("401 not_authenticated");
            int before = started.tokens.lookUps.get();
            assertThat(started.getAs(Front.NONE, started.tokens.mint("public"), "/plain"))
                    .hasToString("200 plain");
            assertThat(started.tokens.lookUps.get() - before).isEqualTo(1);
            assertThat(started.getAs(Front.FILTER, started.tokens.mint("public"), "/plain"))
                    .hasToString("200 plain");
            assertThat(started.getAs(Front.FILTER, started.tokens.mint("public"), "/shelf"))
                    .hasToString("403 insufficient_scope");
        }
    }

    @Test
    void twoApplicationsOfOneWebApplicationShareWhatTheyKnow() throws Exception {
        try (ResourceServer server = ResourceServer.of(Forwarder.class)
                .set(Settings.CACHE_TTL, "0")
                .change(RegistrationTest::addApplications)
                .start()) {
            for (Front front : new Front[] {Front.NONE, Front.OPEN_FILTER}) {
                for (String path : new String[] {"/second/plain", "/third/plain"}) {
                    assertThat(server.get(front, path)).hasToString("401 not_authenticated");
                    assertThat(server.getAs(front, server.tokens.mint("public"), path))
                            .hasToString("200 plain");
                    assertThat(server.get(front, "/forward" + path)).hasToString("401 not_authenticated");
                    int before = server.tokens.lookUps.get();
                    assertThat(server.getAs(front, server.tokens.mint("public"), "/forward" + path))
                            .hasToString("200 plain");
                    assertThat(server.tokens.lookUps.get() - before).isEqualTo(1);
                }
            }
        }
    }

    /** One as an Application class, one as init-params of a web.xml. */
    private static void addApplications(ServletContextHandler context) {
        ServletHolder second = new ServletHolder("second", ServletContainer.class);
        second.setInitParameter(ServletProperties.JAXRS_APPLICATION_CLASS, Second.class.getName());
        second.setInitOrder(2);
        second.setAsyncSupported(true);
        context.addServlet(second, "/second/*");
        ServletHolder third = new ServletHolder("third", ServletContainer.class);
        third.setInitParameter(
                ServerProperties.PROVIDER_CLASSNAMES,
                Shelves.Plain.class.getName() + "," + ScopegateFeature.class.getName());
        third.setAsyncSupported(true);
        context.addServlet(third, "/third/*");
    }

    @Test
    void whatTheFeatureMadeFromSettingsEndsWithTheLastApplication(@TempDir java.nio.file.Path folder) throws Exception {
        java.nio.file.Path catalog = Files.writeString(
                folder.resolve("scopes.json"), "{\"scopes\":[{\"name\":\"public\"},{\"name\":\"data.data\"}]}");
        java.nio.file.Path tokens = Files.writeString(folder.resolve("tokens.json"), "{\"tokens\":[]}");
        ResourceServer server = ResourceServer.of(Forwarder.class).change(context -> {
            context.removeAttribute(Scopegate.ATTRIBUTE);
            context.setInitParameter("scopegate.scope-catalog", catalog.toString());
            context.setInitParameter("scopegate.token-file", tokens.toString());
            context.setInitParameter("scopegate.realm", "made");
            addApplications(context);
        });
        try (server) {
            server.start();
            assertThat(server.get(Front.NONE, "/second/plain").header("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"made\"");
            assertThat(pollers()).isNotEmpty();
        }
        for (Thread poller : pollers().toList()) poller.join(10_000);
        assertThat(pollers().filter(Thread::isAlive)).isEmpty();
        for (Front front : Front.values()) {
            assertThat(server.context(front).getServletContext().getAttribute(Scopegate.ATTRIBUTE))
                    .isNull();
        }
    }

    private static Stream<Thread> pollers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("scopegate-token-file"));
    }

    /** How an application registers the feature whose classes are found by scanning. */
    public static class Wrapper implements Feature {
        @Override
        public boolean configure(FeatureContext context) {
            context.register(ScopegateFeature.class);
            return true;
        }
    }

    public static class Second extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Shelves.Plain.class, ScopegateFeature.class);
        }
    }

    @Path("forward/{servlet}/{path}")
    public static class Forwarder {
        @GET
        @PermitAll
        public void forward(@Context HttpServletRequest request, @Context HttpServletResponse response)
                throws Exception {
            String path = request.getPathInfo();
            request.getRequestDispatcher(path.substring("/forward".length())).forward(request, response);
        }
    }
}
