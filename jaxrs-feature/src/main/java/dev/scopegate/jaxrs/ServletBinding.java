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
    @Context
    private @Nullable ServletContext servletContext;

    private @Nullable SharedScopegate shared;

    @Override
    public boolean configure(FeatureContext context) {
        new Binding(scopegate()).register(context, true);
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

    /** Called by the engine when the application ends. */
    @PreDestroy
    public void close() {
        if (shared != null) shared.release();
        shared = null;
    }
}
