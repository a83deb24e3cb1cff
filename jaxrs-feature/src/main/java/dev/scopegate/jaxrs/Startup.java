package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds or makes the application's {@link Scopegate} when the feature starts. */
final class Startup {
    private Startup() {}

    /** Whether a class of an optional API can be seen, so that classes that need it may be touched. */
    static boolean sees(String className) {
        try {
            Class.forName(className, false, Startup.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The instance that filter or code has put into the context, or one made from settings and put there. */
    static Scopegate from(@Nullable ServletContext context) {
        if (context == null) return fromProcess();
        if (context.getAttribute(Scopegate.ATTRIBUTE) instanceof Scopegate present) return present;
        Map<String, String> params = new LinkedHashMap<>();
        context.getInitParameterNames().asIterator().forEachRemaining(name -> {
            params.put(name, context.getInitParameter(name));
        });
        Scopegate made = Scopegate.start(Configuration.builder(Scopegate.settings())
                .addPrefixed("context-params", params)
                .addProcess()
                .build());
        context.setAttribute(Scopegate.ATTRIBUTE, made);
        return made;
    }

    /** An instance made from system properties and environment. */
    static Scopegate fromProcess() {
        return Scopegate.start(
                Configuration.builder(Scopegate.settings()).addProcess().build());
    }
}
