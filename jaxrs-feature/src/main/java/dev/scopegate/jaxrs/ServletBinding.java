package dev.scopegate.jaxrs;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.jspecify.annotations.Nullable;

/** The part of the feature that asks a servlet container for the application's context. Made by the engine. */
public final class ServletBinding implements Feature {
    @Context
    private @Nullable ServletContext servletContext;

    @Override
    public boolean configure(FeatureContext context) {
        new Binding(Startup.from(servletContext)).register(context, true);
        return true;
    }
}
