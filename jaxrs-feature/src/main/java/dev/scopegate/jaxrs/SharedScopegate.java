package dev.scopegate.jaxrs;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import jakarta.servlet.ServletContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instance that the features of one web application have made from its settings, where neither filter nor code has
 * brought one. The last feature to end closes it.
 */
final class SharedScopegate {
    private static final String ATTRIBUTE = "dev.scopegate.jaxrs.shared";

    private final Scopegate scopegate;
    private final ServletContext context;
    private int users;

    private SharedScopegate(Scopegate scopegate, ServletContext context) {
        this.scopegate = scopegate;
        this.context = context;
    }

    /** The one that an earlier feature has made; null when there is none. */
    static @Nullable SharedScopegate in(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof SharedScopegate present ? present : null;
    }

    /** One made now and put into the context. */
    static SharedScopegate make(ServletContext context) {
        Map<String, String> params = new LinkedHashMap<>();
        context.getInitParameterNames().asIterator().forEachRemaining(name -> {
            params.put(name, context.getInitParameter(name));
        });
        Scopegate scopegate = fromSettings(params);
        SharedScopegate made = new SharedScopegate(scopegate, context);
        context.setAttribute(ATTRIBUTE, made);
        context.setAttribute(Scopegate.ATTRIBUTE, scopegate);
        return made;
    }

    private static Scopegate fromSettings(Map<String, String> params) {
        try {
            return Scopegate.start(Configuration.builder(Scopegate.settings())
                    .addPrefixed("context-params", params)
                    .addProcess()
                    .build());
        } catch (ConfigurationException e) {
            ConfigurationException told = new ConfigurationException(
                    "no BearerTokenFilter has started in this application, so the JAX-RS feature reads context-params"
                            + " ('scopegate.…'), system properties and environment itself: " + e.getMessage());
            told.addSuppressed(e); // as a cause it would be all that Tomcat logs
            throw told;
        }
    }

    Scopegate scopegate() {
        return scopegate;
    }

    synchronized void retain() {
        users++;
    }

    /** Undoes one {@link #retain}; the last one closes the instance. */
    synchronized void release() {
        if (--users > 0) return;
        context.removeAttribute(ATTRIBUTE);
        context.removeAttribute(Scopegate.ATTRIBUTE);
        scopegate.close();
    }
}
