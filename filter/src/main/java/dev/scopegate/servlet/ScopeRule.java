package dev.scopegate.servlet;

import dev.scopegate.access.Requirement;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code scope-rules}. A rule that opens ({@code permit}, {@code session}) covers only a path that was sent
 * exactly as the container reads it; one that protects covers also what reads like it, a trailing slash included.
 */
record ScopeRule(Set<String> methods, PathPattern pattern, Requirement requirement) {
    ScopeRule {
        methods = Set.copyOf(methods);
    }

    boolean covers(String method, Target target) {
        if (!methods.isEmpty() && !methods.contains(method)) return false;
        String path = target.path();
        if (opens()) return target.asSent() && pattern.matches(path);
        if (pattern.matches(path)) return true;
        return path.length() > 1 && path.endsWith("/") && pattern.matches(path.substring(0, path.length() - 1));
    }

    private boolean opens() {
        Requirement.Access access = requirement.access();
        return access == Requirement.Access.PERMIT || access == Requirement.Access.SESSION;
    }

    /** The values of the path's variables, for a requirement that names a resource; nothing is made for others. */
    Function<String, @Nullable String> variables(String path) {
        return requirement.resource() == null ? ScopeRule::none : name -> variable(path, name);
    }

    /** The value of every variable where there are none. */
    static @Nullable String none(String name) {
        return null;
    }

    private @Nullable String variable(String path, String name) {
        boolean slash = path.length() > 1 && path.endsWith("/") && !pattern.matches(path);
        return pattern.variable(slash ? path.substring(0, path.length() - 1) : path, name);
    }
}
