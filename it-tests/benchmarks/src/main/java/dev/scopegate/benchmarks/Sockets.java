package dev.scopegate.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * Prints how many requests a second go through real sockets, to the bare servlet and to the guarded one, in one Jetty on the
 * loopback address. The program {@code wrk} asks them in turns, for it has to share the machine with whatever else runs.
 */
public final class Sockets {
    private static final Pattern RATE =
            Pattern.compile("([0-9]+) requests in .*Requests/sec:\\s+([0-9.]+)", Pattern.DOTALL);
    private static final int WARM_UP = 10;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private Sockets() {}

    /** What a turn gave: requests a second by the clock, and the server's CPU time for one of them. */
    private record Turn(double rate, double micros) {}

    /** The arguments are how many turns each gets, how many seconds a turn takes, and how many connections there are. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
        JETTY.setLevel(Level.WARNING);
        Server server = new Server();
        try (Fixture fixture = new Fixture(Presented.VALID)) {
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new ContextHandlerCollection(
                    context(Application.BARE, fixture), context(Application.ANNOTATED, fixture)));
            server.start();
            String header = "Authorization: " + fixture.authorization().orElseThrow();
            measure(connector.getLocalPort(), header, turns, seconds, connections);
        } finally {
            server.stop();
        }
    }

    private static ServletContextHandler context(Application application, Fixture fixture) {
        ServletContextHandler context = application.context(fixture);
        context.setContextPath(path(application));
        return context;
    }

    private static String path(Application application) {
        return "/" + application.name().toLowerCase(Locale.ROOT);
    }

    private static void measure(int port, String header, int turns, int seconds, int connections)
            throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + port;
        List<Turn> bare = new ArrayList<>();
        List<Turn> guarded = new ArrayList<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            boolean bareFirst = turn % 2 == 0; // what a turn leaves behind falls on both
            Application first = bareFirst ? Application.BARE : Application.ANNOTATED;
            Application second = bareFirst ? Application.ANNOTATED : Application.BARE;
            Turn one = wrk(address + path(first) + Application.PATH, header, seconds, connections);
            Turn other = wrk(address + path(second) + Application.PATH, header, seconds, connections);
            if (turn < 0) continue;
            bare.add(bareFirst ? one : other);
            guarded.add(bareFirst ? other : one);
        }
        System.out.printf(
                "| %d turns of %d s, %d connections | bare | guarded | ratio: median (quartiles) |%n",
                turns, seconds, connections);
        System.out.println("|---|---|---|---|");
        print("requests a second", bare, guarded, Turn::rate);
        print("server's CPU time a request, µs", bare, guarded, Turn::micros);
    }

    private static void print(String words, List<Turn> bare, List<Turn> guarded, ToDoubleFunction<Turn> which) {
        Spread ratios = Spread.of(IntStream.range(0, bare.size())
                .mapToObj(i -> 100 * which.applyAsDouble(guarded.get(i)) / which.applyAsDouble(bare.get(i)))
                .toList());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.1f | %,.1f | %.1f %% (%.1f to %.1f) |%n",
                words,
                Spread.of(bare.stream().map(which::applyAsDouble).toList()).median(),
                Spread.of(guarded.stream().map(which::applyAsDouble).toList()).median(),
                ratios.median(),
                ratios.lower(),
                ratios.upper());
    }

    private static Turn wrk(String url, String header, int seconds, int connections)
            throws IOException, InterruptedException {
        long cpu = PROCESS.getProcessCpuTime();
        Process wrk = new ProcessBuilder("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "-H", header, url)
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher numbers = RATE.matcher(said);
        if (wrk.waitFor() != 0 || said.contains("Non-2xx") || said.contains("Socket errors") || !numbers.find()) {
            throw new IOException("wrk did not measure what was meant:\n" + said);
        }
        double micros = (PROCESS.getProcessCpuTime() - cpu) / 1_000.0;
        return new Turn(Double.parseDouble(numbers.group(2)), micros / Double.parseDouble(numbers.group(1)));
    }
}
