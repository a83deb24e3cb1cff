package dev.scopegate.sample;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java -jar scopegate-sample.war} runs: unpacks the WAR it stands in and starts the hub on the Jetty inside,
 * or works on the hub's tokens. This package needs nothing but the JDK. Exits with 0 when all is done, 2 for wrong
 * arguments, 1 for anything else.
 */
public final class Main {
    private static final String USAGE = """
            java -jar scopegate-sample.war [--port 8080] [--host 127.0.0.1] [--home DIR]
                starts the open-data hub; port 0 takes any free one
            java -jar scopegate-sample.war token create --name NAME --scopes "SCOPE …" [--owner OWNER]
                [--expires INSTANT] [--resources a,b] [--networks CIDR,…] [--home DIR]
                makes a token and prints it, once
            java -jar scopegate-sample.war token list [--home DIR]
            java -jar scopegate-sample.war token revoke (--id ID | --name NAME [--owner OWNER]) [--home DIR]
            java -jar scopegate-sample.war user (add | password) --name NAME [--home DIR] < PASSWORD
            java -jar scopegate-sample.war user list [--home DIR]

            DIR keeps tokens and edits: ./scopegate-home unless given here or as SCOPEGATE_HOME. OWNER is admin unless
            given; visitor has only what is public. INSTANT is like 2030-01-31T12:00:00Z. A running hub does what 'token'
            says itself, at once; without one, the store is opened for it.
            """;

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    /** Those who tell every step of opening a database; held here, for a logger that nobody holds forgets its level. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.flywaydb"));

    private static final Logger OWN = Logger.getLogger("dev.scopegate");

    /** Warns of what a server forgets when it stops, of which a command has nothing. */
    private static final Logger FORGOTTEN = Logger.getLogger("dev.scopegate.issuer.KeptHere");

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) System.setProperty(LOG_FORMAT, "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n");
        for (Logger one : TALKATIVE) {
            if (one.getLevel() == null) one.setLevel(Level.WARNING);
        }
        try {
            Arguments arguments = Arguments.read(args);
            switch (arguments.command()) {
                case "help" -> System.out.print(USAGE);
                case "serve" -> serve(arguments);
                case "add", "password", "users" -> System.exit(work(arguments, "UserCommand"));
                default -> System.exit(work(arguments, "TokenCommand"));
            }
        } catch (IllegalArgumentException e) {
            exit(2, e);
        } catch (Exception e) {
            exit(1, e);
        }
    }

    private static void exit(int status, Exception e) {
        System.err.println("scopegate-sample: " + e.getMessage());
        System.exit(status);
    }

    private static void serve(Arguments arguments) throws Exception {
        Path home = home(arguments);
        WorkFolder work = WorkFolder.in(home);
        Running running = new Running(work);
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "scopegate-stop"));
        work.unpack("");
        Method start = work.load("dev.scopegate.sample.launch.HubServer", "jetty-classes", "jetty")
                .getMethod("start", Path.class, String.class, int.class);
        Object server = call(start, work.path(), arguments.get("host", "127.0.0.1"), arguments.port());
        running.server = (AutoCloseable) server;
        URI address = (URI) ((Supplier<?>) server).get();
        System.out.println("The open-data hub listens on " + address + " and keeps its data in " + home + "; try:");
        System.out.println("curl -H \"Authorization: Bearer $(cat " + quoted(home.resolve("admin-token")) + ")\" '"
                + address + "api/v1/datasets/penguins/rows?limit=5'");
    }

    private static int work(Arguments arguments, String command) throws Exception {
        if (OWN.getLevel() == null) OWN.setLevel(Level.WARNING); // a command says what it did itself
        if (FORGOTTEN.getLevel() == null) FORGOTTEN.setLevel(Level.SEVERE);
        Path home = home(arguments);
        if (!arguments.command().equals("create") && !Files.isDirectory(home)) {
            throw new IOException("there is no folder " + home + "; name the hub's with --home");
        }
        try (WorkFolder work = WorkFolder.in(home)) {
            work.unpack("WEB-INF/");
            Method run = work.load("dev.scopegate.sample.hub." + command, "classes", "lib")
                    .getMethod("run", String.class, Map.class);
            return (int) call(run, arguments.command(), arguments.options());
        }
    }

    /** The home folder, which the hub reads from the system property. */
    private static Path home(Arguments arguments) {
        String environment = System.getenv().getOrDefault("SCOPEGATE_HOME", "scopegate-home");
        String text = arguments.get("home", System.getProperty("scopegate.home", environment));
        Path home = Path.of(text).toAbsolutePath().normalize();
        System.setProperty("scopegate.home", home.toString());
        return home;
    }

    private static Object call(Method method, Object... arguments) throws Exception {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** What a shutdown has to end. */
    private static final class Running {
        private final WorkFolder work;
        private volatile @Nullable AutoCloseable server;

        Running(WorkFolder work) {
            this.work = work;
        }

        void stop() {
            AutoCloseable started = server;
            try (work) {
                if (started == null) return;
                started.close();
                System.out.println("The open-data hub has stopped.");
            } catch (Exception e) {
                System.err.println("scopegate-sample: did not stop cleanly: " + e);
            }
        }
    }
}
