package dev.scopegate.servlet;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.token.AccessToken;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The servlet filter that lets only admitted requests through. Registered first in {@code web.xml} (settings as
 * init-params) or in code, for every dispatcher type and with {@code async-supported}. It authenticates once a request,
 * enforces {@code scope-rules} and the annotations of servlet classes on each dispatch's target, and hands the
 * {@link AccessToken} on as the request's principal. Safe for any number of threads.
 */
public final class BearerTokenFilter implements Filter {
    private final @Nullable Scopegate given;
    private @Nullable Gate gate;
    private @Nullable Runnable stop;

    /** A filter that takes its {@link Scopegate} from the ServletContext, or makes it from settings. */
    public BearerTokenFilter() {
        this.given = null;
    }

    /** A filter around one made in code, which stays the caller's to close. */
    public BearerTokenFilter(Scopegate scopegate) {
        this.given = scopegate;
    }

    /**
     * Reads settings, rules and annotations.
     *
     * @throws ServletException with one sentence when something of that is wrong; where the container would then serve the
     *     application without this filter, it starts instead, and refuses every request
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            Startup startup = Startup.of(config, given);
            gate = startup.gate();
            stop = startup.stop();
        } catch (RuntimeException | LinkageError e) {
            ServletContext context = config.getServletContext();
            if (leavesOutWhatFails(context.getServerInfo())) {
                context.log("every request is refused, because the filter could not start: " + e.getMessage(), e);
                return;
            }
            if (e instanceof ConfigurationException) throw new ServletException(e.getMessage(), e);
            throw e;
        }
    }

    /** Payara and GlassFish log that a filter has not started, leave it out, and serve what it should have guarded. */
    private static boolean leavesOutWhatFails(@Nullable String container) {
        return container != null && (container.contains("Payara") || container.contains("GlassFish"));
    }

    @Override
    public void destroy() {
        if (stop != null) stop.run();
        gate = null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Gate open = gate;
        if (open == null) throw new ServletException("the filter has not been started");
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            open.pass(http, answer, chain);
        } else {
            throw new ServletException("only HTTP requests can carry a bearer token");
        }
    }
}
