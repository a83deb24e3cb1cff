package dev.scopegate.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** Serves a WAR in Tomcat until it is told to stop: {@code WAR CONTEXT SCRATCH}. */
public final class TomcatServer {
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    /** One that keeps its files in a folder and serves nothing yet. */
    TomcatServer(Path base) throws Exception {
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString()); // before anything else, which would settle on another
        connector = tomcat.getConnector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", "16384"); // a token may have 8,192 characters
        boolean virtual = Boolean.getBoolean("scopegate-test.virtual-threads");
        if (virtual && !connector.setProperty("useVirtualThreads", "true")) throw new IllegalStateException("cannot");
        ErrorReportValve errors = new ErrorReportValve(); // Tomcat's own pages show exceptions unless told not to
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(errors);
        tomcat.setAddDefaultWebXmlToWebapp(false); // it wants JSP
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    public static void main(String[] args) throws Exception {
        TomcatServer server = new TomcatServer(Path.of(args[2]));
        Context hub = server.add(args[1], Path.of(args[0]));
        server.serve(hub);
    }

    /** Adds an application; it starts with the server, or at once when that runs. */
    Context add(String path, Path war) {
        Context added = tomcat.addWebapp(path, war.toAbsolutePath().toString());
        if (added.findChild("default") == null) {
            Tomcat.addServlet(added, "default", DefaultServlet.class.getName()).addMapping("/");
        }
        return added;
    }

    /** Starts, says where, and waits for the end of the process; ends it when an application has not started. */
    void serve(Context... applications) throws LifecycleException {
        int port = start();
        for (Context each : applications) if (each.getState() != LifecycleState.STARTED) System.exit(1);
        System.out.println("listens on http://127.0.0.1:" + port);
        tomcat.getServer().await();
    }

    /** Starts; the port. */
    int start() throws LifecycleException {
        tomcat.start();
        return connector.getLocalPort();
    }

    void remove(Context application) {
        tomcat.getHost().removeChild(application);
    }

    private void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        }
    }
}
