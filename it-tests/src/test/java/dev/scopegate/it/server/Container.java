package dev.scopegate.it.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to serve the WAR.
 *
 * @param name of the folder for its files; what the column {@code except} of requests.csv calls it by its beginning
 * @param product what it is
 * @param contextPath where the application is, empty for the root
 * @param jdk that it runs on
 * @param command how it is started
 */
public record Container(String name, Product product, String contextPath, Jdk jdk, Command command) {
    private static final String HUB = "/hub";

    /** How to start it, for a home folder of the hub and an empty folder of its own. */
    @FunctionalInterface
    public interface Command {
        Launch launch(Path home, Path scratch) throws IOException;
    }

    /** Jetty 12.1 for Servlet 6.0. */
    public static Container jettyEe10() {
        return inChild(new Product("jetty-12.1", "Jetty (ee10)", "6.0", Engine.OF_THE_WAR), JettyEe10Server.class);
    }

    /** Jetty 12.1 for Servlet 6.1. */
    public static Container jettyEe11() {
        return inChild(new Product("jetty-12.1-ee11", "Jetty (ee11)", "6.1", Engine.OF_THE_WAR), JettyEe11Server.class);
    }

    /** Tomcat from the jars in that folder. */
    public static Container tomcat(String folder) {
        String servlet = folder.equals("tomcat-10.1") ? "6.0" : "6.1";
        return inChild(new Product(folder, "Tomcat", servlet, Engine.OF_THE_WAR), TomcatServer.class);
    }

    /** The WAR twice in Tomcat 11, as {@code /one} and, with that home, as {@code /two}. */
    public static Container twoHubs(Path homeOfTwo) {
        Product tomcat = new Product("tomcat-11", "Tomcat", "6.1", Engine.OF_THE_WAR);
        return new Container(
                "two-hubs",
                tomcat,
                "/one",
                Jdk.OF_THE_TESTS,
                (home, scratch) -> Launch.of(List.of(
                        "-cp",
                        TestFiles.classPath(tomcat.folder()),
                        TomcatTwoHubs.class.getName(),
                        TestFiles.war().toString(),
                        scratch.toString(),
                        home.toString(),
                        homeOfTwo.toString())));
    }

    /** The WAR by itself. */
    public static Container embedded() {
        return new Container(
                "jetty-embedded",
                new Product("jetty-12.1", "java -jar (Jetty, ee10)", "6.0", Engine.OF_THE_WAR),
                "",
                Jdk.OF_THE_TESTS,
                (home, scratch) -> Launch.of(
                        List.of("-jar", TestFiles.war().toString(), "--port", "0", "--home", home.toString())));
    }

    /** WildFly, full distribution. */
    public static Container wildfly() {
        return server(new Product("wildfly", "WildFly", "6.0", Engine.RESTEASY), new WildFly(TestFiles.war(), false));
    }

    /** Open Liberty, its runtime with all features. */
    public static Container liberty() {
        return server(
                new Product("liberty", "Open Liberty", "6.0", Engine.RESTEASY),
                new OpenLiberty(TestFiles.war(), OpenLiberty.WEB));
    }

    /** Payara Micro. */
    public static Container payara() {
        return server(new Product("payara", "Payara Micro", "6.0", Engine.JERSEY), new PayaraMicro(TestFiles.war()));
    }

    /** GlassFish, embedded. */
    public static Container glassfish() {
        return server(new Product("glassfish", "GlassFish", "6.0", Engine.JERSEY), new GlassFish(TestFiles.war()));
    }

    /** The full servers with the application that uses what only they have. */
    public static Container wildflyEe() {
        return ee(wildfly(), new WildFly(TestFiles.eeWar(), true));
    }

    /** See {@link #wildflyEe}. */
    public static Container libertyEe() {
        List<String> features = List.of(
                "servlet-6.0",
                "restfulWS-3.1",
                "appSecurity-5.0",
                "cdi-4.0",
                "concurrent-3.0",
                "enterpriseBeansLite-4.0",
                "jdbc-4.3",
                "jndi-1.0");
        return ee(liberty(), new OpenLiberty(TestFiles.eeWar(), features));
    }

    /** See {@link #wildflyEe}. */
    public static Container payaraEe() {
        return ee(payara(), new PayaraMicro(TestFiles.eeWar()));
    }

    /** See {@link #wildflyEe}. */
    public static Container glassfishEe() {
        return ee(glassfish(), new GlassFish(TestFiles.eeWar()));
    }

    private static Container ee(Container server, Command command) {
        return new Container(server.name + "-ee", server.product, HUB, server.jdk, command);
    }

    private static Container server(Product product, Command command) {
        return new Container(product.folder(), product, HUB, Jdk.OF_THE_TESTS, command);
    }

    private static Container inChild(Product product, Class<?> main) {
        return server(product, (home, scratch) -> {
            return Launch.of(List.of(
                    "-Dscopegate.home=" + home,
                    "-cp",
                    TestFiles.classPath(product.folder()),
                    main.getName(),
                    TestFiles.war().toString(),
                    HUB,
                    scratch.toString()));
        });
    }

    /** The same on JDK 25, where every request runs in a virtual thread; none when no such JDK is installed. */
    public static Optional<Container> inVirtualThreads(Container platform) {
        return Jdk.ofRelease(25)
                .map(jdk -> new Container(
                        platform.name + "-virtual", platform.product, platform.contextPath, jdk, (home, scratch) -> {
                            Launch launch = platform.command.launch(home, scratch);
                            List<String> arguments = new ArrayList<>(launch.arguments());
                            arguments.add(0, "-Dscopegate-test.virtual-threads=true");
                            return new Launch(arguments, launch.environment(), launch.port());
                        }));
    }
}
