package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.jspecify.annotations.Nullable;

/**
 * The JAX-RS feature that enforces access annotations on resources and answers refusals in the error envelope. Register
 * it in the application; its class alone is enough where a servlet container holds the {@link Scopegate} (the filter puts
 * it there, or code). Behind the filter a token is looked up once; without it the feature authenticates by itself. An
 * annotation that does not fit stops the start. Uses no engine's own types.
 */
public final class ScopegateFeature implements Feature {
    private final @Nullable Scopegate given;

    /** A feature that finds its {@link Scopegate} in the ServletContext, or makes it from settings. */
    public ScopegateFeature() {
        this.given = null;
    }

    /** A feature around one made in code, which stays the caller's to close. */
    public ScopegateFeature(Scopegate scopegate) {
        this.given = scopegate;
    }

    @Override
    public boolean configure(FeatureContext context) {
        context.property(ForgottenFeature.NOT_FORGOTTEN, true);
        boolean servlets = Startup.sees("jakarta.servlet.ServletContext");
        if (given != null) new Binding(given).register(context, servlets);
        else if (servlets) context.register(ServletBinding.class);
        else new Binding(Startup.fromProcess()).register(context, false);
        return true;
    }
}
