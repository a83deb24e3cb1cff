package dev.scopegate.store.jwt;

import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the scopes in an issuer's tokens count here. By name alone: what a scope implies is the catalog's. Immutable.
 */
final class ScopeRule {
    private static final String ADMIN = "admin";
    private static final String EVERYTHING_BELOW = ".*";

    private final @Nullable List<String> allowed;
    private final boolean own;

    /**
     * A rule for one issuer.
     *
     * @param allowed names, and {@code prefix.*} for all names below a prefix; null: all, but for another's tokens neither
     *     {@code admin} nor {@code tokens.*}
     * @throws IllegalArgumentException when a name is none, or it would make another's tokens an administrator's
     */
    ScopeRule(@Nullable List<String> allowed, boolean own) {
        this.allowed = allowed == null ? null : List.copyOf(allowed);
        this.own = own;
        if (allowed == null) return;
        for (String pattern : allowed) {
            if (!Scope.isName(pattern) || pattern.startsWith("*")) {
                throw new IllegalArgumentException(
                        "holds something that is neither a scope's name nor, for all names below it, a name and '.*'");
            }
            if (!own && matches(pattern, ADMIN)) {
                throw new IllegalArgumentException(
                        "names 'admin', but the token of another issuer is never an administrator's");
            }
        }
    }

    /** Those that count, in their order. */
    ScopeSet of(List<String> claimed) {
        List<String> granted = new ArrayList<>();
        for (String name : claimed) {
            if (Scope.isName(name) && allows(name)) granted.add(name);
        }
        return ScopeSet.copyOf(granted);
    }

    private boolean allows(String name) {
        if (allowed == null) return own || !(name.equals(ADMIN) || name.startsWith("tokens."));
        for (String pattern : allowed) {
            if (matches(pattern, name)) return true;
        }
        return false;
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.endsWith(EVERYTHING_BELOW)) return name.equals(pattern);
        return name.startsWith(pattern.substring(0, pattern.length() - 1));
    }
}
