package dev.scopegate.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A resource name with path parameters in braces, such as {@code dataset:{datasetId}}. Immutable. */
public final class ResourceTemplate {
    private final String text;
    private final List<String> parts;

    private ResourceTemplate(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** Reads a template; throws IllegalArgumentException for one whose braces do not pair. */
    public static ResourceTemplate parse(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close <= open + 1) throw new IllegalArgumentException("'" + text + "' has a brace without its pair");
            parts.add(text.substring(from, open));
            parts.add(text.substring(open + 1, close));
            from = close + 1;
        }
        parts.add(text.substring(from));
        return new ResourceTemplate(text, List.copyOf(parts));
    }

    /** The parameters that it needs. */
    public Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i < parts.size(); i += 2) names.add(parts.get(i));
        return names;
    }

    /**
     * The resource's name for these path parameters.
     *
     * @throws IllegalStateException when a parameter is missing: the route and its annotation do not fit
     */
    String fill(Function<String, @Nullable String> pathParameters) {
        if (parts.size() == 1) return text;
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if ((i & 1) == 1) {
                String value = pathParameters.apply(part);
                if (value == null) throw new IllegalStateException("the path has no parameter '" + part + "'");
                part = value;
            }
            filled.append(part);
        }
        return filled.toString();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
