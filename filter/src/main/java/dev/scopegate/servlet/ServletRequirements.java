package dev.scopegate.servlet;

import dev.scopegate.access.Requirement;
import dev.scopegate.access.Requirements;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the application's servlet classes declare, by servlet name. Immutable. */
final class ServletRequirements {
    private static final Logger LOG = LoggerFactory.getLogger(ServletRequirements.class);

    private final Map<String, Requirement> byServletName;

    private ServletRequirements(Map<String, Requirement> byServletName) {
        this.byServletName = Map.copyOf(byServletName);
    }

    /** Reads the class of every servlet that is registered by now. */
    static ServletRequirements read(ServletContext context, Requirements requirements) {
        Map<String, Requirement> found = new HashMap<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            Class<?> type = load(servlet.getClassName(), context);
            Requirement declared = type == null ? null : requirements.ofServlet(type);
            if (declared != null) found.put(servlet.getName(), declared);
        }
        return new ServletRequirements(found);
    }

    private static @Nullable Class<?> load(@Nullable String name, ServletContext context) {
        if (name == null) return null; // a JSP file
        ClassLoader[] loaders = {
            context.getClassLoader(),
            Thread.currentThread().getContextClassLoader(),
            ServletRequirements.class.getClassLoader()
        };
        for (ClassLoader loader : loaders) {
            try {
                if (loader != null) return Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("the servlet class {} cannot be loaded by {}", name, loader);
            }
        }
        LOG.info("the servlet class {} is hidden from the application, so it can declare no access", name);
        return null;
    }

    boolean isEmpty() {
        return byServletName.isEmpty();
    }

    @Nullable Requirement of(@Nullable HttpServletMapping mapping) {
        return mapping == null ? null : byServletName.get(mapping.getServletName());
    }
}
