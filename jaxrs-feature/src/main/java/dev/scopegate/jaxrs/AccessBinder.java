package dev.scopegate.jaxrs;

import dev.scopegate.access.AccessCheck;
import dev.scopegate.access.Declared;
import dev.scopegate.access.Requirement;
import dev.scopegate.access.Requirements;
import dev.scopegate.config.ConfigurationException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every resource method, when the engine binds it, a filter that knows what the method asks for. What does not fit
 * is thrown from here and stops the start; a sub-resource, which engines bind on the first request for it, answers 500.
 */
final class AccessBinder implements DynamicFeature {
    private static final Logger LOG = LoggerFactory.getLogger(AccessBinder.class);

    private final AccessCheck check;
    private final Requirements requirements;
    private final Answers answers;
    private final boolean permitPreflight;
    private final Locators locators = new Locators();

    AccessBinder(AccessCheck check, Requirements requirements, Answers answers, boolean permitPreflight) {
        this.check = check;
        this.requirements = requirements;
        this.answers = answers;
        this.permitPreflight = permitPreflight;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        Set<String> parameters = parameters(type, method);
        try {
            locators.check(type);
            Requirement need = requirements.ofMethod(type, method, parameters);
            context.register(new AccessFilter(check, need, answers, permitPreflight, locators));
            if (check.limits(need)) context.register(new ExportInterceptor());
        } catch (ConfigurationException e) {
            if (parameters != null) throw e;
            LOG.error("a sub-resource's method is never run, since its annotations do not fit: {}", e.getMessage());
            context.register(new NeverRun(answers));
        }
    }

    /** The parameters of the method's whole path; null for a sub-resource, whose path begins elsewhere. */
    private static @Nullable Set<String> parameters(Class<?> type, Method method) {
        Path root = Declared.onClass(type, Path.class);
        if (root == null) return null;
        Set<String> names = new LinkedHashSet<>();
        PathTemplate.collectNames(root.value(), names);
        Path path = Declared.onMethod(type, method, Path.class);
        if (path != null) PathTemplate.collectNames(path.value(), names);
        return names;
    }
}
