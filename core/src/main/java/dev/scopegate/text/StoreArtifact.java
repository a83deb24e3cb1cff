package dev.scopegate.text;

import java.util.Set;

/** Which artifact brings a store and its settings, for the error sentences of an application that lacks it. Stateless. */
public final class StoreArtifact {
    private static final Set<String> OURS = Set.of("introspection", "jdbc", "jwt", "redis");

    private StoreArtifact() {}

    /** The sentence part that names the artifact of the store {@code name}; an empty string when it is none of ours. */
    public static String hint(String name) {
        if (!OURS.contains(name)) return "";
        return "; it comes with dev.scopegate:scopegate-" + name + ", which is not among the application's libraries";
    }

    /** The same for a setting, which begins with the name of its store. */
    public static String hintOfSetting(String key) {
        int end = key.indexOf('-');
        return end < 0 ? "" : hint(key.substring(0, end));
    }
}
