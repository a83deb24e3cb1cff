package dev.scopegate.scope;

import dev.scopegate.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every scope an application knows, with what each one implies. Immutable, complete once made: unknown implied names,
 * cycles and duplicates are refused with an {@link IllegalArgumentException}. A scope named {@value #ADMIN}, where the
 * catalog has one, implies all others.
 *
 * <p>Implication is turned round when the catalog is made, so that a token stays a plain set of names: each scope knows
 * the names that grant it.
 */
public final class ScopeCatalog {
    /** The scope that implies every other. */
    public static final String ADMIN = "admin";

    private final Map<String, Scope> scopes;
    private final Map<String, Set<String>> grantors;
    private final ScopeSet defaults;

    private ScopeCatalog(Map<String, Scope> scopes) {
        this.scopes = scopes;
        this.grantors = grantorsOf(scopes);
        this.defaults = ScopeSet.copyOf(scopes.values().stream()
                .filter(Scope::byDefault)
                .map(Scope::name)
                .toList());
    }

    /** A catalog made in code. */
    public static ScopeCatalog of(Scope... scopes) {
        return of(List.of(scopes), Map.of());
    }

    /**
     * Reads {@code {"scopes":[{"name","description","group","implies":[…],"default":true}]}}; all but the name may be
     * left out.
     *
     * @throws IllegalArgumentException naming the line, when the content is not a catalog
     */
    public static ScopeCatalog read(InputStream json) throws IOException {
        return ScopeCatalogReader.read(json);
    }

    static ScopeCatalog of(List<Scope> declared, Map<String, Integer> lines) {
        if (declared.isEmpty()) throw new IllegalArgumentException("a catalog declares at least one scope");
        Map<String, Scope> byName = new LinkedHashMap<>();
        for (Scope scope : declared) {
            if (byName.putIfAbsent(scope.name(), scope) != null) {
                throw new IllegalArgumentException(
                        line(lines, scope) + "scope '" + scope.name() + "' is declared twice");
            }
        }
        for (Scope scope : declared) {
            for (String implied : scope.implies()) {
                if (!byName.containsKey(implied)) {
                    throw new IllegalArgumentException(line(lines, scope) + "scope '" + scope.name() + "' implies '"
                            + implied + "', which the catalog does not declare"
                            + Nearest.hint(implied, byName.keySet()));
                }
            }
        }
        for (Scope scope : declared) {
            Set<String> contained = containedIn(scope, byName);
            if (contained.contains(scope.name())) {
                throw new IllegalArgumentException(
                        line(lines, scope) + "scope '" + scope.name() + "' implies itself in a cycle of " + contained);
            }
        }
        return new ScopeCatalog(byName);
    }

    /** Everything a scope implies, near and far; itself only if there is a cycle. */
    private static Set<String> containedIn(Scope scope, Map<String, Scope> byName) {
        Set<String> contained = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(scope.implies());
        while (!open.isEmpty()) {
            String name = open.pop();
            Scope implied = byName.get(name);
            if (implied != null && contained.add(name)) open.addAll(implied.implies());
        }
        return contained;
    }

    private static String line(Map<String, Integer> lines, Scope scope) {
        Integer line = lines.get(scope.name());
        return line == null ? "" : "line " + line + ": ";
    }

    private static Map<String, Set<String>> grantorsOf(Map<String, Scope> scopes) {
        Map<String, Set<String>> grantors = new HashMap<>();
        for (Scope scope : scopes.values()) {
            Set<String> granted = new LinkedHashSet<>(containedIn(scope, scopes));
            granted.add(scope.name());
            if (granted.contains(ADMIN)) granted.addAll(scopes.keySet());
            for (String name : granted) {
                grantors.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(scope.name());
            }
        }
        grantors.replaceAll((name, set) -> Set.copyOf(set));
        return Map.copyOf(grantors);
    }

    /** The declared scopes in the order of the file. */
    public Collection<Scope> scopes() {
        return List.copyOf(scopes.values());
    }

    public boolean contains(String name) {
        return scopes.containsKey(name);
    }

    /** Refuses a name that the catalog does not declare. */
    public String require(String name) {
        if (scopes.containsKey(name)) return name;
        throw new IllegalArgumentException(
                "scope '" + name + "' is not in the scope catalog" + Nearest.hint(name, scopes.keySet()));
    }

    /** The names of all scopes that grant this one, itself included; empty when it is not declared. */
    public Set<String> grantors(String name) {
        return grantors.getOrDefault(name, Set.of());
    }

    /** Whether a token that carries {@code held} may do what {@code required} stands for. */
    public boolean grants(ScopeSet held, String required) {
        return held.containsAny(grantors(required));
    }

    /** The scopes that every token carries, then those. */
    public ScopeSet withDefaults(Collection<String> wanted) {
        Set<String> all = new LinkedHashSet<>(defaults);
        all.addAll(wanted);
        return ScopeSet.copyOf(all);
    }
}
