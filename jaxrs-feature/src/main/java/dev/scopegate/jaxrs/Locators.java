package dev.scopegate.jaxrs;

import dev.scopegate.access.Declared;
import dev.scopegate.access.Requirements;
import dev.scopegate.config.ConfigurationException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses access annotations on sub-resource locators, which run before anything can be checked: whoever put one there
 * believes the sub-resource protected. Remembers the classes it has passed; safe for any number of threads.
 */
final class Locators {
    private final Map<Class<?>, Boolean> passed = new ConcurrentHashMap<>();

    /** Throws ConfigurationException when a locator of this resource class carries an access annotation. */
    void check(Class<?> type) {
        if (passed.containsKey(type)) return;
        for (Method method : type.getMethods()) {
            if (!isLocator(type, method)) continue;
            for (Class<? extends Annotation> annotation : Requirements.ANNOTATIONS) {
                if (Declared.onMethod(type, method, annotation) == null) continue;
                throw new ConfigurationException(type.getName() + "." + method.getName() + ": @"
                        + annotation.getSimpleName() + " on a sub-resource locator has no effect; put it on the"
                        + " sub-resource's class or methods");
            }
        }
        passed.put(type, true);
    }

    private static boolean isLocator(Class<?> type, Method method) {
        return Declared.onMethod(type, method, Path.class) != null && !hasDesignator(type, method);
    }

    /** Whether the method, or one like it further up, is annotated with GET or another request method. */
    private static boolean hasDesignator(@Nullable Class<?> type, Method method) {
        if (type == null) return false;
        for (Method one : type.getDeclaredMethods()) {
            if (!one.getName().equals(method.getName())) continue;
            if (one.getParameterCount() != method.getParameterCount()) continue;
            for (Annotation annotation : one.getAnnotations()) {
                if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) return true;
            }
        }
        for (Class<?> above : type.getInterfaces()) {
            if (hasDesignator(above, method)) return true;
        }
        return hasDesignator(type.getSuperclass(), method);
    }
}
