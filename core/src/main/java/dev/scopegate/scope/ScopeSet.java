package dev.scopegate.scope;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An immutable set of scope names in the order they were given, as a token carries them. Implication is not part of it:
 * ask {@link ScopeCatalog#grants}. Null elements are refused; safe for any number of threads.
 */
public final class ScopeSet extends AbstractSet<String> {
    private static final ScopeSet EMPTY = new ScopeSet(List.of());

    private final List<String> names;
    private final int hash;

    private ScopeSet(List<String> names) {
        this.names = names;
        this.hash = names.stream().mapToInt(String::hashCode).sum();
    }

    public static ScopeSet of(String... names) {
        return copyOf(List.of(names));
    }

    public static ScopeSet copyOf(Collection<String> names) {
        if (names instanceof ScopeSet same) return same;
        return names.isEmpty() ? EMPTY : new ScopeSet(List.copyOf(new LinkedHashSet<>(names)));
    }

    /** The names of a {@code scope} value of RFC 6749 §3.3, separated by spaces. */
    public static ScopeSet parse(String spaceSeparated) {
        return copyOf(List.of(spaceSeparated.trim().split(" +")).stream()
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /** Whether this set and the other have a name in common; allocates nothing. */
    public boolean containsAny(Collection<String> others) {
        for (int i = 0; i < names.size(); i++) {
            if (others.contains(names.get(i))) return true;
        }
        return false;
    }

    @Override
    public boolean contains(Object name) {
        return names.contains(name);
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    @Override
    public int size() {
        return names.size();
    }

    /** As {@link Set} has it, made once. */
    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (other instanceof ScopeSet set && set.hash != hash) return false;
        return super.equals(other);
    }

    /** The names joined by single spaces: the {@code scope} value of RFC 6749 §3.3. */
    @Override
    public String toString() {
        return String.join(" ", names);
    }
}
