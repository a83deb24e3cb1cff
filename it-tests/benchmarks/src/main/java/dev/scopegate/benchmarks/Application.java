package dev.scopegate.benchmarks;

import dev.scopegate.access.Scopegate;
import dev.scopegate.servlet.BearerTokenFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** One servlet, and what stands in front of it. */
public enum Application {
    BARE("no filter"),
    MINIMAL("minimal filter, by hand"),
    ANSWERING("minimal filter that answers the same"),
    ANNOTATED("Scopegate, `@RequiresScope`"),
    RULE("Scopegate, `scope-rules`");

    public static final String PATH = "/data";

    private final String words;

    Application(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    boolean isScopegate() {
        return this == ANNOTATED || this == RULE;
    }

    /** The servlet alone. */
    public static ServletContextHandler bare() {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder("data", new PlainServlet()), PATH);
        return context;
    }

    /** The application, not started yet. */
    public ServletContextHandler context(Fixture fixture) {
        ServletContextHandler context = new ServletContextHandler("/");
        PlainServlet servlet = this == ANNOTATED ? new GuardedServlet() : new PlainServlet();
        context.addServlet(new ServletHolder("data", servlet), PATH);
        switch (this) {
            case BARE -> {}
            case MINIMAL, ANSWERING ->
                filter(context, new MinimalFilter(fixture.validToken(), fixture.forbiddenToken(), this == ANSWERING));
            case ANNOTATED -> filter(context, new BearerTokenFilter(fixture.scopegate()));
            case RULE ->
                filter(context, new BearerTokenFilter(fixture.scopegate()))
                        .setInitParameter("scope-rules", "GET " + PATH + " " + Fixture.NEEDED);
        }
        return context;
    }

    /** A servlet whose class is annotated, behind a Scopegate of one's own. */
    public static ServletContextHandler annotated(Scopegate scopegate) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder("data", new GuardedServlet()), PATH);
        filter(context, new BearerTokenFilter(scopegate));
        return context;
    }

    private static FilterHolder filter(ServletContextHandler context, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
        return holder;
    }
}
