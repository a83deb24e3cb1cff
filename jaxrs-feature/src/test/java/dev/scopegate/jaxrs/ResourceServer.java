package dev.scopegate.jaxrs;

import dev.scopegate.access.ResourceGuard;
import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.servlet.BearerTokenFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server on loopback that serves the same resources behind each {@link Front}; one line as a JUnit field. */
final class ResourceServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    static final ScopeCatalog CATALOG = ScopeCatalog.of(
            Scope.named("public"),
            Scope.named("data.overview").implying("public"),
            Scope.named("data.data").implying("data.overview"),
            Scope.named("job:execute"),
            Scope.named("admin"));

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Tokens tokens = new Tokens();
    private final Configuration.Builder settings = Configuration.builder(Settings.ALL);
    private final List<Consumer<ResourceConfig>> parts = new ArrayList<>();
    private final Map<Front, ServletContextHandler> contexts = new EnumMap<>(Front.class);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private Consumer<ServletContextHandler> change = context -> {};
    private ResourceGuard guard = ResourceGuard.NONE;

    /** A server of these resource and provider classes and of the feature. */
    static ResourceServer of(Class<?>... classes) {
        return without().with(application -> {
            for (Class<?> type : classes) application.register(type);
            application.register(ScopegateFeature.class);
        });
    }

    /** A server of nothing yet, not even the feature. */
    static ResourceServer without() {
        return new ResourceServer();
    }

    ResourceServer with(Consumer<ResourceConfig> part) {
        parts.add(part);
        return this;
    }

    ResourceServer set(Setting<?> setting, String value) {
        settings.set(setting, value);
        return this;
    }

    ResourceServer guard(ResourceGuard value) {
        guard = value;
        return this;
    }

    /** What is done to each context before it starts. */
    ResourceServer change(Consumer<ServletContextHandler> value) {
        change = value;
        return this;
    }

    Scopegate scopegate() {
        return Scopegate.builder()
                .catalog(CATALOG)
                .store(tokens)
                .format(tokens.format)
                .guard(guard)
                .configuration(settings.build())
                .build();
    }

    ServletContextHandler context(Front front) {
        return contexts.get(front);
    }

    ResourceServer start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection all = new ContextHandlerCollection();
        for (Front front : Front.values()) all.addHandler(context(front, scopegate()));
        server.setHandler(all);
        server.start();
        return this;
    }

    private ServletContextHandler context(Front front, Scopegate scopegate) {
        ServletContextHandler context = new ServletContextHandler(front.path());
        contexts.put(front, context);
        context.setAttribute(Scopegate.ATTRIBUTE, scopegate);
        ResourceConfig application = new ResourceConfig();
        for (Consumer<ResourceConfig> part : parts) part.accept(application);
        ServletHolder jersey = new ServletHolder(new ServletContainer(application));
        jersey.setInitOrder(1);
        jersey.setAsyncSupported(true);
        context.addServlet(jersey, "/*");
        change.accept(context);
        if (front == Front.NONE) return context;
        FilterHolder filter = new FilterHolder(new BearerTokenFilter());
        filter.setAsyncSupported(true);
        if (front == Front.OPEN_FILTER) filter.setInitParameter("scope-rules", "* /** permit");
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        return context;
    }

    Reply get(Front front, String path, String... headers) {
        return send(front, "GET", path, "", headers);
    }

    Reply getAs(Front front, String token, String path, String... headers) {
        return sendAs(front, token, "GET", path, "", headers);
    }

    Reply sendAs(Front front, String token, String method, String path, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Authorization: Bearer " + token;
        return send(front, method, path, body, all);
    }

    Reply send(Front front, String method, String path, String body, String... headers) {
        // a server may close a connection whose request it has not read to its end: such a one is not used again
        HttpClient client = body.isEmpty() ? CLIENT : HttpClient.newHttpClient();
        try {
            return new Reply(
                    client.send(request(front, method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(Front front, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + front.path() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon), header.substring(colon + 1).trim());
        }
        return request.build();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
