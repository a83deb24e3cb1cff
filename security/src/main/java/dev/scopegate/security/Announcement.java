package dev.scopegate.security;

import dev.scopegate.access.Scopegate;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the filter, before it starts, that somebody may have found out before it who a request comes from. */
public final class Announcement implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        context.setAttribute(Scopegate.SHARES_REQUEST, true);
    }
}
