package dev.scopegate.trial;

import dev.scopegate.jaxrs.ScopegateFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The JAX-RS application. */
@ApplicationPath("api")
public class Api extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ScopegateFeature.class, Callers.class);
    }
}
