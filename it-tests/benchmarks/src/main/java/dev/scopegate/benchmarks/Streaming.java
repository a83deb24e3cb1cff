package dev.scopegate.benchmarks;

import dev.scopegate.access.Scopegate;
import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.config.Configuration;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.servlet.BearerTokenFilter;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Prints how fast a long answer streams with its bytes and records metered, beside the same answer unmetered behind the same
 * filter, in turns, over sockets, by the clock and by what the writing thread takes of a processor; and what metering a short answer costs without a ledger. Run with a small heap: the answer
 * is longer.
 */
public final class Streaming {
    private static final String RESOURCE = "dataset:a";
    private static final long MOST = 1L << 60;
    private static final int SHORT = 2_048;
    private static final byte[] LINES =
            "{\"station\":\"S-0042\",\"at\":\"2026-03-04T05:06:07Z\",\"celsius\":12.5,\"humidity\":0.71}\n"
                    .repeat(100)
                    .getBytes(StandardCharsets.US_ASCII);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Plain PLAIN = new Plain();
    private static final Plain METERED = new Metered();

    private Streaming() {}

    /** Streams lines, as many bytes as it is asked for. */
    static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final AtomicLong cpuNanos = new AtomicLong();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType(request.getParameter("type"));
            ServletOutputStream out = response.getOutputStream();
            long start = THREADS.getCurrentThreadCpuTime();
            long left = Long.parseLong(request.getParameter("bytes"));
            for (; left > 0; left -= LINES.length) out.write(LINES, 0, (int) Math.min(left, LINES.length));
            cpuNanos.set(THREADS.getCurrentThreadCpuTime() - start);
        }

        /** What writing the last answer took of its thread, which is over before the client has the answer's end. */
        long cpuNanos() {
            return cpuNanos.get();
        }
    }

    /** The same, metered. */
    @ExportLimited(RESOURCE)
    static final class Metered extends Plain {
        private static final long serialVersionUID = 1L;
    }

    /** The arguments are how many turns each gets, and how many MiB an answer has. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        long bytes = (arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_024) << 20;
        Logger.getLogger("org.eclipse.jetty").setLevel(Level.WARNING);
        InMemoryExportPolicies policies = new InMemoryExportPolicies();
        Exports exports = new Exports(
                policies, new InMemoryExportLedger(Clock.systemUTC()), ExportOptions.DEFAULT, outcome -> {});
        policies.put(RESOURCE, policy(ExportLimit.Per.DAY));
        TokenFormat format = TokenFormat.standard();
        InMemoryTokenStore store = new InMemoryTokenStore();
        NewToken token = mint(format, store);
        Server server = new Server();
        try {
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(context(Scopegate.builder()
                    .configuration(Configuration.defaults())
                    .catalog(ScopeCatalog.of(Scope.named("data")))
                    .format(format)
                    .store(store)
                    .exports(exports)
                    .build()));
            server.start();
            System.out.println("| answer | unmetered, MB/s | metered, MB/s | ratio: median (quartiles)"
                    + " | CPU of the writing thread, unmetered, µs/MB | metered, µs/MB |");
            System.out.println("|---|---|---|---|---|---|");
            String address = "http://127.0.0.1:" + connector.getLocalPort();
            for (String type : List.of("application/octet-stream", "application/x-ndjson", "text/csv")) {
                compare(address, type, token, turns, bytes);
            }
        } finally {
            server.stop();
        }
        policies.put(RESOURCE, policy(ExportLimit.Per.RESPONSE)); // neither lease nor settle
        System.out.printf(Locale.ROOT, "%nmetering %,d bytes: %.0f ns (median)%n", SHORT, shortAnswer(exports, token));
    }

    private static ExportPolicy policy(ExportLimit.Per per) {
        return new ExportPolicy(
                ExportPolicy.Mode.ENFORCE,
                List.of(),
                List.of(
                        new ExportLimit(ExportLimit.Unit.BYTES, per, MOST, ExportLimit.Subject.OWNER),
                        new ExportLimit(ExportLimit.Unit.RECORDS, per, MOST, ExportLimit.Subject.OWNER)));
    }

    private static NewToken mint(TokenFormat format, InMemoryTokenStore store) throws Unavailable {
        BearerToken plain = format.mint(TokenKind.PERSONAL);
        AccessToken facts = AccessToken.builder(
                        TokenKind.PERSONAL, Objects.requireNonNull(plain.id()), "streaming", "ada")
                .scopes(List.of("data"))
                .build();
        NewToken token = new NewToken(facts, plain);
        store.add(StoredToken.of(token), Instant.now());
        return token;
    }

    private static ServletContextHandler context(Scopegate scopegate) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(
                new FilterHolder(new BearerTokenFilter(scopegate)), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(PLAIN), "/plain");
        context.addServlet(new ServletHolder(METERED), "/metered");
        return context;
    }

    private static void compare(String address, String type, NewToken token, int turns, long bytes) throws Exception {
        List<Double> plain = new ArrayList<>();
        List<Double> metered = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> plainCpu = new ArrayList<>();
        List<Double> meteredCpu = new ArrayList<>();
        for (int turn = -1; turn < turns; turn++) {
            boolean plainFirst = turn % 2 == 0; // what a turn leaves behind falls on both
            double first = stream(address + (plainFirst ? "/plain" : "/metered"), type, token, bytes);
            double second = stream(address + (plainFirst ? "/metered" : "/plain"), type, token, bytes);
            if (turn < 0) continue;
            plain.add(plainFirst ? first : second);
            metered.add(plainFirst ? second : first);
            ratios.add(100 * metered.get(turn) / plain.get(turn));
            plainCpu.add(PLAIN.cpuNanos() * 1_000.0 / bytes);
            meteredCpu.add(METERED.cpuNanos() * 1_000.0 / bytes);
        }
        Spread spread = Spread.of(ratios);
        System.out.printf(
                Locale.ROOT,
                "| %s, %,d MiB, %d turns | %,.0f | %,.0f | %.1f %% (%.1f to %.1f) | %.0f | %.0f |%n",
                type,
                bytes >> 20,
                turns,
                Spread.of(plain).median(),
                Spread.of(metered).median(),
                spread.median(),
                spread.lower(),
                spread.upper(),
                Spread.of(plainCpu).median(),
                Spread.of(meteredCpu).median());
    }

    private static double stream(String address, String type, NewToken token, long bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "?type=" + type + "&bytes=" + bytes))
                .header("Authorization", "Bearer " + token.reveal())
                .build();
        long start = System.nanoTime();
        long length = 0;
        byte[] piece = new byte[65_536];
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) length += read;
        }
        if (response.statusCode() != 200 || length != bytes) throw new IOException("the answer is not whole");
        return bytes / ((System.nanoTime() - start) / 1_000.0);
    }

    private static double shortAnswer(Exports exports, NewToken token) throws AccessDenied, Unavailable, IOException {
        byte[] body = new byte[SHORT];
        List<Double> batches = new ArrayList<>();
        int each = 20_000;
        for (int batch = -20; batch < 60; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < each; i++) {
                ExportMeter meter = exports.open(token.facts(), RESOURCE, ClientAddress.UNKNOWN, false);
                meter.countLines("application/json");
                if (meter.take(body, 0, SHORT) != SHORT) throw new IOException("the limit is too small");
                meter.finish();
            }
            if (batch >= 0) batches.add((System.nanoTime() - start) / (double) each);
        }
        return Spread.of(batches).median();
    }
}
