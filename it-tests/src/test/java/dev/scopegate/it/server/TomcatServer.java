package dev.scopegate.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** Serves a WAR in Tomcat until it is told to stop: {@code WAR CONTEXT SCRATCH}. */
public final class TomcatServer {
    private TomcatServer() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path base = Path.of(args[2]);
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        Connector connector = tomcat.getConnector();
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
        var hub = tomcat.addWebapp(args[1], Path.of(args[0]).toAbsolutePath().toString());
        Tomcat.addServlet(hub, "default", DefaultServlet.class.getName()).addMapping("/");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
        tomcat.start();
        if (hub.getState() != LifecycleState.STARTED) System.exit(1);
        System.out.println("listens on http://127.0.0.1:" + connector.getLocalPort());
        tomcat.getServer().await();
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        }
    }
}
