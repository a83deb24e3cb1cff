package dev.scopegate.it.server;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to serve the WAR: a command that prints {@code listens on http://127.0.0.1:PORT} once it has a port.
 *
 * @param name of the folder for its files; what the column {@code except} of requests.csv calls it by its beginning
 * @param contextPath where the application is, empty for the root
 */
public record Container(String name, String contextPath, Command command) {

    /** The arguments of the Java command for a home folder of the hub and a scratch folder. */
    @FunctionalInterface
    public interface Command {
        List<String> arguments(Path home, Path scratch);
    }

    /** Jetty from the jars in that folder. */
    public static Container jetty(String folder) {
        return inChild(folder, JettyServer.class);
    }

    /** Tomcat from the jars in that folder. */
    public static Container tomcat(String folder) {
        return inChild(folder, TomcatServer.class);
    }

    /** The WAR by itself. */
    public static Container embedded() {
        return new Container(
                "jetty-embedded",
                "",
                (home, scratch) ->
                        List.of("-jar", TestFiles.war().toString(), "--port", "0", "--home", home.toString()));
    }

    private static Container inChild(String folder, Class<?> main) {
        String contextPath = "/hub";
        return new Container(
                folder,
                contextPath,
                (home, scratch) -> List.of(
                        "-Dscopegate.home=" + home,
                        "-cp",
                        TestFiles.testClasses()
                                + File.pathSeparator
                                + TestFiles.container(folder).resolve("*"),
                        main.getName(),
                        TestFiles.war().toString(),
                        contextPath,
                        scratch.toString()));
    }
}
