package dev.scopegate.it.server;

import java.nio.file.Path;
import org.apache.catalina.Context;

/** Serves the WAR twice in one Tomcat, with settings of their own: {@code WAR SCRATCH HOME-OF-ONE HOME-OF-TWO}. */
public final class TomcatTwoHubs {
    private TomcatTwoHubs() {}

    public static void main(String[] args) throws Exception {
        TomcatServer server = new TomcatServer(Path.of(args[1]));
        Context one = server.add("/one", Path.of(args[0]));
        one.addParameter("scopegate.home", args[2]);
        one.addParameter("scopegate.realm", "hub one");
        Context two = server.add("/two", Path.of(args[0]));
        two.addParameter("scopegate.home", args[3]);
        two.addParameter("scopegate.realm", "hub two");
        two.addParameter("scopegate.permit-preflight", "false");
        server.serve(one, two);
    }
}
