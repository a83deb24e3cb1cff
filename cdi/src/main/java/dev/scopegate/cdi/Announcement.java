package dev.scopegate.cdi;

import dev.scopegate.access.Scopegate;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the filter, before it starts, that beans look for the caller at the container's own request. */
public final class Announcement implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        context.setAttribute(Scopegate.SHARES_REQUEST, true);
    }
}
