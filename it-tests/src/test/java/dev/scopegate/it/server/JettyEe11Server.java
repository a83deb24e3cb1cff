package dev.scopegate.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.webapp.WebAppContext;

/** Jetty for Servlet 6.1 and a WAR: {@code WAR CONTEXT SCRATCH}. */
public final class JettyEe11Server {
    private JettyEe11Server() {}

    public static void main(String[] args) throws Exception {
        WebAppContext hub = new WebAppContext();
        hub.setContextPath(args[1]);
        hub.setWar(Path.of(args[0]).toUri().toString());
        hub.setTempDirectory(Files.createDirectories(Path.of(args[2])).toFile());
        hub.setThrowUnavailableOnStartupException(true);
        JettyServer.serve(hub);
    }
}
