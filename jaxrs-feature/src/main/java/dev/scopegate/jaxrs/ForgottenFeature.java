package dev.scopegate.jaxrs;

import dev.scopegate.access.Declared;
import dev.scopegate.access.Requirements;
import dev.scopegate.config.ConfigurationException;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/**
 * Stops the start of an application whose resources carry our annotations while {@link ScopegateFeature}, which reads them,
 * is not registered: they would protect nothing. Found by engines that load services (JAX-RS 3.1 §4.1.2); an application
 * whose property {@code jakarta.ws.rs.loadServices} is false goes without. Stateless.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class ForgottenFeature implements DynamicFeature {
    /** The application's property that says that the annotations are read. */
    static final String NOT_FORGOTTEN = "dev.scopegate.jaxrs.registered";

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (context.getConfiguration().getProperty(NOT_FORGOTTEN) != null) return;
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        for (Class<? extends Annotation> annotation : Requirements.OUR_ANNOTATIONS) {
            if (Declared.onMethod(type, method, annotation) == null && Declared.onClass(type, annotation) == null)
                continue;
            throw new ConfigurationException(type.getName() + "." + method.getName() + ": nobody reads @"
                    + annotation.getSimpleName() + "; register " + ScopegateFeature.class.getName()
                    + " in the JAX-RS application");
        }
    }
}
