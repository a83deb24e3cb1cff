package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.jspecify.annotations.Nullable;

/** The part of the feature that asks a servlet container for the application's context. Made by the engine. */
public final class ServletBinding implements Feature {
    private static final String FILTER = "dev.scopegate.servlet.BearerTokenFilter";

    @Context
    private @Nullable ServletContext servletContext;

    private @Nullable SharedScopegate shared;

    @Override
    public boolean configure(FeatureContext context) {
        new Binding(scopegate()).register(context, true, isFiltered());
        return true;
    }

    /** The instance that filter or code has put into the context, or one made from settings and put there. */
    private Scopegate scopegate() {
        if (servletContext == null) return Startup.fromProcess();
        SharedScopegate made = SharedScopegate.in(servletContext);
        if (made == null && servletContext.getAttribute(Scopegate.ATTRIBUTE) instanceof Scopegate given) return given;
        shared = made == null ? SharedScopegate.make(servletContext) : made;
        shared.retain();
        return shared.scopegate();
    }

    /** Whether every request has passed the servlet filter, unless something before it forwards. */
    private boolean isFiltered() {
        if (servletContext == null) return false;
        try {
            return servletContext.getFilterRegistrations().values().stream()
                    .anyMatch(filter -> FILTER.equals(filter.getClassName())
                            && filter.getUrlPatternMappings().contains("/*"));
        } catch (UnsupportedOperationException e) {
            return false; // some who start an engine may not ask
        }
    }

    /** Called by the engine when the application ends. */
    @PreDestroy
    public void close() {
        if (shared != null) shared.release();
        shared = null;
    }
}
