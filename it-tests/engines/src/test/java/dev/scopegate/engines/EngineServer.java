package dev.scopegate.engines;

import dev.scopegate.access.Scopegate;
import dev.scopegate.issuer.Issuer;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.servlet.BearerTokenFilter;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;

/** One engine on loopback, behind each {@link Front}. */
final class EngineServer implements AutoCloseable {
    private static final ScopeCatalog CATALOG = ScopeCatalog.of(
            Scope.named("public"),
            Scope.named("data.overview").implying("public"),
            Scope.named("data.data").implying("data.overview"),
            Scope.named("job:execute"),
            Scope.named("tokens.read"),
            Scope.named("tokens.manage").implying("tokens.read"),
            Scope.named("admin"));

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final TokenFormat format = TokenFormat.standard();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    /** Starts the engine that the function makes, once for each front. */
    EngineServer(Function<Front, ServletHolder> engine) throws Exception {
        this(engine, scopegate -> scopegate);
    }

    /** The same with more in the {@link Scopegate}. */
    EngineServer(Function<Front, ServletHolder> engine, UnaryOperator<Scopegate.Builder> more) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection all = new ContextHandlerCollection();
        for (Front front : Front.values()) all.addHandler(context(front, engine.apply(front), more));
        server.setHandler(all);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private ServletContextHandler context(Front front, ServletHolder engine, UnaryOperator<Scopegate.Builder> more) {
        ServletContextHandler context = new ServletContextHandler(front.path());
        Scopegate.Builder scopegate =
                Scopegate.builder().catalog(CATALOG).store(store).format(format);
        Scopegate made = more.apply(scopegate).build();
        context.setAttribute(Scopegate.ATTRIBUTE, made);
        context.setAttribute(Issuer.ATTRIBUTE, Issuer.builder(made).build());
        engine.setInitOrder(1);
        context.addServlet(engine, "/*");
        if (made.exports() != null) {
            context.addServlet(new ServletHolder(new Outer(false)), "/forward/*");
            context.addServlet(new ServletHolder(new Outer(true)), "/include/*");
            context.addServlet(new ServletHolder(new Both()), "/both/*");
        }
        if (front == Front.NONE) return context;
        FilterHolder filter = new FilterHolder(new BearerTokenFilter());
        filter.setAsyncSupported(true);
        if (front == Front.OPEN_FILTER) filter.setInitParameter("scope-rules", "* /** permit");
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        return context;
    }

    /** A new token with these scopes, separated by blanks. */
    String mint(String scopes) throws Exception {
        return mint(token -> token.scopes(List.of(scopes.split(" ", -1))));
    }

    String mint(UnaryOperator<AccessTokenBuilder> change) throws Exception {
        BearerToken plain = format.mint(TokenKind.PERSONAL);
        AccessTokenBuilder facts = AccessToken.builder(TokenKind.PERSONAL, plain.id(), plain.id(), "alice");
        NewToken minted = new NewToken(change.apply(facts).build(), plain);
        store.add(StoredToken.of(minted), Instant.now());
        return minted.reveal();
    }

    /** A well-formed token that nobody minted. */
    String unknown() {
        return format.mint(TokenKind.PERSONAL).reveal();
    }

    /** Sends a request with these header lines; no body when it is empty. */
    Reply send(Front front, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + front.path() + path);
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).method(method, publisher);
        for (String line : headers) {
            String[] parts = line.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        // a server may close a connection whose request it has not read to its end: such a one is not used again
        HttpClient client = body.isEmpty() ? CLIENT : HttpClient.newHttpClient();
        return new Reply(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    Reply get(Front front, String path, String... headers) throws IOException, InterruptedException {
        return send(front, "GET", path, "", headers);
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
