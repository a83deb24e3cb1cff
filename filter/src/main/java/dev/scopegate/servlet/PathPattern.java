package dev.scopegate.servlet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables: {@code /reports/{id}} matches one segment for each variable, {@code /files/**} everything below
 * and {@code /files} itself. Case-sensitive, compared with decoded paths. Immutable; matching allocates nothing.
 */
final class PathPattern {
    private final List<String> segments;
    private final boolean open;

    private PathPattern(List<String> segments, boolean open) {
        this.segments = segments;
        this.open = open;
    }

    /** Reads a pattern; throws IllegalArgumentException in words that end a sentence about it. */
    static PathPattern parse(String text) {
        if (!text.startsWith("/")) throw new IllegalArgumentException("the path does not begin with '/'");
        boolean open = text.endsWith("/**");
        String fixed = open ? text.substring(1, Math.max(1, text.length() - 3)) : text.substring(1);
        List<String> segments = open && fixed.isEmpty() ? List.of() : List.of(fixed.split("/", -1));
        Set<String> names = new LinkedHashSet<>();
        for (String segment : segments) {
            boolean variable = segment.startsWith("{") && segment.endsWith("}") && segment.length() > 2;
            if (variable && !names.add(segment)) throw new IllegalArgumentException("the path names a variable twice");
            if (!variable && (segment.contains("*") || segment.contains("{") || segment.contains("}"))) {
                throw new IllegalArgumentException(
                        "the path may have {variables} as whole segments and '/**' at its end, nothing else");
            }
            if (segment.isEmpty() && segments.size() > 1) {
                throw new IllegalArgumentException("the path has an empty segment or ends in a slash");
            }
        }
        return new PathPattern(segments, open);
    }

    boolean matches(String path) {
        return walk(path, null) >= 0;
    }

    /** The path's value for a variable; null when the pattern has none of that name. */
    @Nullable String variable(String path, String name) {
        int start = walk(path, name);
        if (start < 0 || start > path.length()) return null;
        int end = path.indexOf('/', start);
        return end < 0 ? path.substring(start) : path.substring(start, end);
    }

    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        for (String segment : segments) {
            if (isVariable(segment)) names.add(segment.substring(1, segment.length() - 1));
        }
        return names;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    /** Where the wanted variable's value begins, or beyond the end for any match; -1 when the path does not match. */
    private int walk(String path, @Nullable String wanted) {
        int found = path.length() + 1;
        int at = 0; // at the slash before a segment, or at the end
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (at >= path.length() || path.charAt(at) != '/') return -1;
            int start = at + 1;
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (isVariable(segment)) {
                if (end == start) return -1;
                boolean named =
                        wanted != null && segment.length() == wanted.length() + 2 && segment.startsWith(wanted, 1);
                if (named) found = start;
            } else if (end - start != segment.length() || !path.startsWith(segment, start)) {
                return -1;
            }
            at = end;
        }
        return open || at == path.length() ? found : -1;
    }
}
