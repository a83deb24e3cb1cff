package dev.scopegate.servlet;

import dev.scopegate.export.ExportStopped;
import dev.scopegate.export.Exports;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How this container's responses are limited.
 *
 * @param hold how many bytes are held back
 * @param proven the protocols over which the container makes a response that fails in its middle look incomplete, as tests
 *     have shown; over others a whole body is kept until its end
 */
record ExportLimits(int hold, Set<String> proven) {
    private static final String CUT_OFF = "dev.scopegate.servlet.cut-off";

    /** Null where nothing is limited. */
    static @Nullable ExportLimits of(ServletContext context, @Nullable Exports exports) {
        return exports == null
                ? null
                : new ExportLimits(exports.options().holdBytes(), protocols(context.getServerInfo()));
    }

    /**
     * The protocols over which a container aborts the connection, or the stream, when a filter throws past the first byte: in
     * the releases that the tests run, and no others.
     * Tomcat ends a stream of HTTP/2 as if nothing was missing. HTTP/1.0 has no way to show it.
     */
    private static Set<String> protocols(String server) {
        if (server.startsWith("jetty/12.1.")) return Set.of("HTTP/1.1", "HTTP/2.0");
        if (server.startsWith("Apache Tomcat/10.1.") || server.startsWith("Apache Tomcat/11.0.")) {
            return Set.of("HTTP/1.1");
        }
        return Set.of();
    }

    LimitedResponse on(HttpServletRequest request, HttpServletResponse response) {
        return new LimitedResponse(response, this, spools(request), "HEAD".equals(request.getMethod()));
    }

    /**
     * Whether a body that ends in its middle might look whole: also where a container takes the client's wish to close the
     * connection for one that the body shall end with it.
     */
    private boolean spools(HttpServletRequest request) {
        if (!proven.contains(request.getProtocol())) return true;
        for (Enumeration<String> lines = request.getHeaders("Connection"); lines.hasMoreElements(); ) {
            if (closes(lines.nextElement())) return true;
        }
        return false;
    }

    /** Whether a {@code Connection} header says that the connection ends with the response (RFC 9112 §9.6). */
    static boolean closes(@Nullable String connection) {
        if (connection == null) return false;
        for (String option : connection.split(",", -1)) {
            if (option.trim().equalsIgnoreCase("close")) return true;
        }
        return false;
    }

    /** The limited response of a request that was let in; null where there is none, or nothing has armed it. */
    static @Nullable LimitedResponse armed(HttpServletRequest request) {
        Object found = request.getAttribute(MeteredResponse.ATTRIBUTE);
        return found instanceof LimitedResponse limited && limited.meter() != null ? limited : null;
    }

    /** Runs what follows in the chain; a limited response ends here, unless asynchronous work goes on or others end it. */
    void pass(
            DispatcherType type,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Refusal refusal)
            throws IOException, ServletException {
        boolean outermost = type == DispatcherType.REQUEST || type == DispatcherType.ASYNC;
        try {
            chain.doFilter(request, response);
        } catch (Throwable e) { // whatever it is: what has not left is taken back
            LimitedResponse limited = outermost ? armed(request) : null;
            if (limited == null) throw e;
            Problem problem = limited.problem();
            limited.body().abandon();
            if (problem == null || e instanceof Error) throw e;
            stop(limited, request, problem, refusal);
            return;
        }
        LimitedResponse limited = outermost && !request.isAsyncStarted() ? armed(request) : null;
        if (limited != null) end(limited, request, refusal);
    }

    /** A forward has emptied the container's buffer, past the limited response in some of them. */
    void beginAnew(HttpServletRequest request) {
        LimitedResponse limited = armed(request);
        if (limited != null && !limited.isCommitted()) limited.forget();
    }

    /** Ends the response of an asynchronous request, if that is what this dispatch is for. */
    boolean ends(HttpServletRequest request, Refusal refusal) throws IOException {
        Object found = request.getAttribute(MeteredResponse.ATTRIBUTE);
        if (!(found instanceof LimitedResponse limited)) return false;
        limited.seeAgain();
        if (limited.meter() == null || !limited.isEnding()) return false;
        end(limited, request, refusal);
        return true;
    }

    private static void end(LimitedResponse limited, HttpServletRequest request, Refusal refusal) throws IOException {
        try {
            if (!limited.end()) limited.body().endWith(LimitedAsync.containers(request.startAsync()));
        } catch (ExportStopped e) {
            limited.body().abandon();
            stop(limited, request, e.problem(), refusal);
        } catch (IOException | RuntimeException e) {
            limited.body().abandon();
            if (limited.isCommitted()) cutOff(request);
            throw e;
        }
    }

    /**
     * Answers a response that broke a limit with the refusal, or, where its beginning is on its way, fails in a way that makes
     * the container abort; the request is marked, so that no error page takes the place of what is missing.
     */
    private static void stop(LimitedResponse limited, HttpServletRequest request, Problem problem, Refusal refusal)
            throws IOException {
        HttpServletResponse container = limited.container();
        if (!container.isCommitted()) {
            refusal.replace(problem, request, container);
            return;
        }
        if ("HEAD".equals(request.getMethod())) return;
        cutOff(request);
        throw new ExportStopped(problem);
    }

    private static void cutOff(HttpServletRequest request) {
        request.setAttribute(CUT_OFF, true);
    }

    static boolean isCutOff(HttpServletRequest request) {
        return request.getAttribute(CUT_OFF) != null;
    }
}
