package dev.scopegate.jaxrs;

import java.util.Set;

/** Finds the parameter names in a {@code @Path} such as {@code {id: [0-9]{1,3}}/rows}. */
final class PathTemplate {
    private PathTemplate() {}

    static void collectNames(String path, Set<String> names) {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '{' && depth++ == 0) start = i + 1;
            if (c == '}' && --depth == 0) names.add(nameOf(path.substring(start, i)));
        }
    }

    private static String nameOf(String parameter) {
        int colon = parameter.indexOf(':');
        return (colon < 0 ? parameter : parameter.substring(0, colon)).trim();
    }
}
