package dev.scopegate.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Serves a WAR in Jetty until it is told to stop: {@code WAR CONTEXT SCRATCH}. */
public final class JettyServer {
    private JettyServer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(16 * 1024); // a token may have 8,192 characters
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext hub = new WebAppContext();
        hub.setContextPath(args[1]);
        hub.setWar(Path.of(args[0]).toUri().toString());
        hub.setTempDirectory(Files.createDirectories(Path.of(args[2])).toFile());
        hub.setThrowUnavailableOnStartupException(true);
        server.setHandler(hub);
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("listens on http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }
}
