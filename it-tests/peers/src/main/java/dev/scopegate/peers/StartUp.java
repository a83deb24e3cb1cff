package dev.scopegate.peers;

import dev.scopegate.benchmarks.Spread;
import dev.scopegate.jaxrs.ScopegateFeature;
import dev.scopegate.servlet.BearerTokenFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Prints how much longer Jetty takes to start a JAX-RS application with filter and feature, made from settings, than without.
 * Each start is that of a new JVM, since the classes that are loaded are most of it.
 */
public final class StartUp {
    private static final Logger ROOT = Logger.getLogger("");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Milliseconds of CPU time, which other processes do not lengthen, and by the clock. */
    private record Cost(long cpu, long wall) {}

    private StartUp() {}

    /** The argument is how many times each is started. */
    public static void main(String[] arguments) throws Exception {
        String first = arguments.length > 0 ? arguments[0] : "15";
        if (first.equals("bare") || first.equals("guarded")) {
            Cost cost = start(first.equals("guarded"));
            System.out.println(cost.cpu() + " " + cost.wall());
            return;
        }
        List<Cost> bare = new ArrayList<>();
        List<Cost> guarded = new ArrayList<>();
        int starts = Integer.parseInt(first);
        for (int i = 0; i < starts; i++) {
            bare.add(inNewJvm("bare"));
            guarded.add(inNewJvm("guarded"));
        }
        System.out.println("| starts of " + starts
                + " | without, ms | with filter and feature, ms | more, ms: median (quartiles) |");
        System.out.println("|---|---|---|---|");
        print("CPU time of the starting thread", bare, guarded, Cost::cpu);
        print("by the clock", bare, guarded, Cost::wall);
    }

    private static void print(String words, List<Cost> bare, List<Cost> guarded, ToDoubleFunction<Cost> which) {
        Spread more = Spread.of(IntStream.range(0, bare.size())
                .mapToObj(i -> which.applyAsDouble(guarded.get(i)) - which.applyAsDouble(bare.get(i)))
                .toList());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f (%,.0f to %,.0f) |%n",
                words,
                median(bare, which),
                median(guarded, which),
                more.median(),
                more.lower(),
                more.upper());
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> which) {
        return Spread.of(costs.stream().map(which::applyAsDouble).toList()).median();
    }

    private static Cost inNewJvm(String what) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartUp.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) throw new IOException("the application did not start");
        String[] parts = said.trim().split(" ", 2);
        return new Cost(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static Cost start(boolean guarded) throws Exception {
        ROOT.setLevel(Level.SEVERE);
        Path scopes = Files.createTempFile("scopegate-scopes", ".json");
        Path tokens = Files.createTempFile("scopegate-tokens", ".json");
        Files.writeString(scopes, "{\"scopes\": [{\"name\": \"data.read\", \"description\": \"Read\"}]}");
        Files.writeString(tokens, "{\"tokens\": []}");
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context(guarded, scopes, tokens));
        server.start();
        Cost cost =
                new Cost((THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000, (System.nanoTime() - wall) / 1_000_000);
        server.stop();
        Files.delete(scopes);
        Files.delete(tokens);
        return cost;
    }

    private static ServletContextHandler context(boolean guarded, Path scopes, Path tokens) {
        ServletContextHandler context = new ServletContextHandler("/");
        ResourceConfig application = new ResourceConfig(guarded ? JaxRs.Scoped.class : JaxRs.Open.class);
        application.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        if (guarded) {
            application.register(ScopegateFeature.class);
            FilterHolder filter = new FilterHolder(BearerTokenFilter.class);
            filter.setInitParameter("store", "json-file");
            filter.setInitParameter("token-file", tokens.toString());
            filter.setInitParameter("scope-catalog", scopes.toString());
            context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        }
        ServletHolder servlet = new ServletHolder(new ServletContainer(application));
        servlet.setInitOrder(1);
        context.addServlet(servlet, "/*");
        return context;
    }
}
