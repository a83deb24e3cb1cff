package dev.scopegate.scope;

import java.util.List;

/**
 * One permission that a token can carry, as the catalog declares it.
 *
 * @param name the scope-token of RFC 6749 §3.3: visible ASCII without space, {@code "} and {@code \}; case-sensitive
 * @param description one sentence for the person who grants it
 * @param group the heading under which a console lists it; may be empty
 * @param implies names of the scopes that this one contains
 * @param byDefault whether every new token carries it ({@code "default": true} in the file)
 */
public record Scope(String name, String description, String group, List<String> implies, boolean byDefault) {
    public Scope {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a scope name is visible ASCII without space, quote and backslash (RFC 6749 §3.3)");
        }
        implies = List.copyOf(implies);
    }

    /** A scope that implies nothing, belongs to no group and is not on every token. */
    public static Scope named(String name) {
        return new Scope(name, "", "", List.of(), false);
    }

    /** This scope, containing those too. */
    public Scope implying(String... names) {
        return new Scope(name, description, group, List.of(names), byDefault);
    }

    /** Whether the text is a scope-token of RFC 6749 §3.3, of at most 100 characters. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 100) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c > 0x7e || c == '"' || c == '\\') return false;
        }
        return true;
    }
}
