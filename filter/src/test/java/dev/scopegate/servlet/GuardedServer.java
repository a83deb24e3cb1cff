package dev.scopegate.servlet;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.export.Exports;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A real server on loopback with the filter before every servlet, and a client that sends bytes as they are. */
class GuardedServer implements AutoCloseable {
    static final ScopeCatalog CATALOG = ScopeCatalog.of(
            Scope.named("public"),
            Scope.named("data.overview").implying("public"),
            Scope.named("data.data").implying("data.overview"),
            Scope.named("admin"));

    final InMemoryTokenStore store = new InMemoryTokenStore();
    final TokenFormat format = TokenFormat.standard();
    final ServletContextHandler context = new ServletContextHandler("/app");
    final FilterHolder filter = new FilterHolder(new BearerTokenFilter());
    private final ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
    private final Server server = new Server();
    private boolean keepsAlive;
    private final ServerConnector connector = new ServerConnector(server);

    GuardedServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        filter.setAsyncSupported(true);
        connector.addConnectionFactory(new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.setErrorHandler(errorPages);
        context.setAttribute(Scopegate.ATTRIBUTE, scopegate().build());
    }

    private Scopegate.Builder scopegate() {
        return Scopegate.builder().catalog(CATALOG).store(store).format(format).configuration(Configuration.defaults());
    }

    GuardedServer limiting(Exports exports) {
        context.setAttribute(Scopegate.ATTRIBUTE, scopegate().exports(exports).build());
        return this;
    }

    GuardedServer serving(String path, Servlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
        return this;
    }

    GuardedServer errorPage(int status, String path) {
        errorPages.addErrorPage(status, path);
        return this;
    }

    GuardedServer rules(String rules) {
        filter.setInitParameters(Map.of("scope-rules", rules));
        return this;
    }

    GuardedServer start() throws Exception {
        server.start();
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    String token(String... scopes) {
        return token(token -> token.scopes(List.of(scopes)));
    }

    String token(UnaryOperator<AccessTokenBuilder> change) {
        return token(TokenKind.PERSONAL, change);
    }

    String token(TokenKind kind, UnaryOperator<AccessTokenBuilder> change) {
        BearerToken plain = format.mint(kind);
        AccessTokenBuilder facts =
                AccessToken.builder(kind, plain.id(), UUID.randomUUID().toString(), "alice");
        NewToken minted = new NewToken(change.apply(facts).build(), plain);
        try {
            store.add(StoredToken.of(minted), Instant.now());
        } catch (Unavailable e) {
            throw new IllegalStateException("a store in memory is always there", e);
        }
        return minted.reveal();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Reply get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    Reply getAs(String token, String path) throws IOException {
        return send("GET", path, "Authorization: Bearer " + token);
    }

    /** From now on connections stay open, and an answer ends where it says so. */
    GuardedServer keepingAlive() {
        keepsAlive = true;
        return this;
    }

    Reply send(String method, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) request.append(header).append("\r\n");
        return sendRaw(request.append(keepsAlive ? "\r\n" : "Connection: close\r\n\r\n")
                .toString());
    }

    /** Reads until the server closes the connection, or the answer is over. */
    Reply sendRaw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            boolean bodiless = request.startsWith("HEAD");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[8_192];
            int read = 0;
            while (read >= 0 && !(keepsAlive && Framing.isOver(all.toString(StandardCharsets.ISO_8859_1), bodiless))) {
                read = socket.getInputStream().read(piece);
                if (read > 0) all.write(piece, 0, read);
            }
            return Reply.parse(all.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
