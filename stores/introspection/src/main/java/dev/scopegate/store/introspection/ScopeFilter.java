package dev.scopegate.store.introspection;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which scopes of another server count here. {@code admin} never does. Immutable. */
final class ScopeFilter {
    private static final String TOKENS = "tokens.";

    private final @Nullable Set<String> names;
    private final List<String> beginnings;

    private ScopeFilter(@Nullable Set<String> names, List<String> beginnings) {
        this.names = names;
        this.beginnings = beginnings;
    }

    /** All but {@code admin} and {@code tokens.*}. */
    static ScopeFilter standard() {
        return new ScopeFilter(null, List.of());
    }

    /** Those that the setting lists. */
    static ScopeFilter of(String list) {
        Set<String> names = new LinkedHashSet<>();
        List<String> beginnings = new ArrayList<>();
        for (String one : list.trim().split("\\s+", -1)) {
            if (one.isEmpty()) continue;
            if (!Scope.isName(one)) throw new ConfigurationException("introspection-scopes: '" + one + "' is no scope");
            if (one.equals(ScopeCatalog.ADMIN)) {
                throw new ConfigurationException(
                        "introspection-scopes: a token of another server never has the scope admin; leave it out");
            }
            if (one.endsWith("*")) beginnings.add(one.substring(0, one.length() - 1));
            else names.add(one);
        }
        return new ScopeFilter(names, beginnings);
    }

    boolean passes(String scope) {
        if (!Scope.isName(scope) || scope.equals(ScopeCatalog.ADMIN)) return false;
        if (names == null) return !scope.startsWith(TOKENS);
        return names.contains(scope) || beginnings.stream().anyMatch(scope::startsWith);
    }

    /** Those of a {@code scope} value that pass, each once. */
    Set<String> passing(@Nullable String value) {
        Set<String> passing = new LinkedHashSet<>();
        if (value == null) return passing;
        for (String scope : value.split(" ", -1)) {
            if (passes(scope)) passing.add(scope);
        }
        return passing;
    }
}
