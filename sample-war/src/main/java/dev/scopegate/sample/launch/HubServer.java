package dev.scopegate.sample.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** A Jetty that serves one unpacked web application; as a {@link Supplier} it gives the address it listens on. */
public final class HubServer implements AutoCloseable, Supplier<URI> {
    private static final int HEADER_BYTES = 16 * 1024;
    private static final long STOP_MILLIS = 5_000;
    /** Which jars may have annotations, fragments or static files; looking into all the others slows the start. */
    private static final String JARS_WITH_ANNOTATIONS = ".*/(jersey|scopegate)-[^/]*\\.jar";

    private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

    private final Server server;
    private final URI address;

    private HubServer(Server server, URI address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts and returns when requests are served.
     *
     * @param port 0 for any free one
     * @throws IOException when it does not start, in one sentence
     */
    public static HubServer start(Path webApplication, String host, int port) throws IOException {
        Server server = new Server();
        ServerConnector connector = listening(server, host, port);
        return serve(
                webApplication, server, URI.create("http://" + shown(host) + ":" + connector.getLocalPort() + "/"));
    }

    /** Serves it at the connectors that the server has. */
    static HubServer serve(Path webApplication, Server server, URI address) throws IOException {
        server.setHandler(new GracefulHandler(context(webApplication)));
        ErrorHandler errors = new ErrorHandler();
        withoutStackTraces(errors);
        server.setErrorHandler(errors);
        server.setStopTimeout(STOP_MILLIS);
        JETTY_LOG.setLevel(Level.OFF); // a start that fails is told in the sentence below
        try {
            server.start();
            JETTY_LOG.setLevel(Level.WARNING);
            return new HubServer(server, address);
        } catch (Exception e) {
            stop(server);
            throw new IOException("the hub does not start: " + reason(e), e);
        }
    }

    private static ServerConnector listening(Server server, String host, int port) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setShutdownIdleTimeout(STOP_MILLIS);
        server.addConnector(connector);
        try {
            connector.open();
            return connector;
        } catch (IOException | UnresolvedAddressException e) {
            throw new IOException("port " + port + " of '" + host + "' cannot be listened on: " + reason(e), e);
        }
    }

    private static WebAppContext context(Path webApplication) throws IOException {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(webApplication.toUri().toString());
        context.setTempDirectory(Files.createDirectories(webApplication.resolve("WEB-INF/jetty-temp"))
                .toFile());
        context.setThrowUnavailableOnStartupException(true);
        context.setAttribute("org.eclipse.jetty.server.webapp.WebInfIncludeJarPattern", JARS_WITH_ANNOTATIONS);
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        withoutStackTraces(errors);
        context.setErrorHandler(errors);
        return context;
    }

    private static void withoutStackTraces(ErrorHandler errors) {
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        errors.setShowMessageInTitle(false);
    }

    private static String shown(String host) {
        if (host.equals("0.0.0.0") || host.equals("::") || host.isEmpty()) return "localhost";
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** What the hub itself said, or else the innermost message. */
    private static String reason(Throwable failure) {
        Throwable said = failure;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            said = one;
            if (one.getClass().getName().startsWith("dev.scopegate.")) break;
        }
        return said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            JETTY_LOG.log(Level.FINE, "did not stop cleanly", e);
        }
    }

    @Override
    public URI get() {
        return address;
    }

    /** Lets running requests end, for five seconds, then stops. */
    @Override
    public void close() {
        stop(server);
    }
}
