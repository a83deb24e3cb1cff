package dev.scopegate.sample.api;

import dev.scopegate.annotation.RequiresScope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every call that the hub's JAX-RS classes take, found by their annotations. */
final class ResourceMethods {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\s*(\\w+)\\s*(?::\\s*([^}]+?)\\s*)?\\}");

    private ResourceMethods() {}

    /** The methods, by calls such as {@code GET /api/v1/tokens/{id}}. */
    static Map<String, Method> all() {
        Map<String, Method> all = new TreeMap<>();
        for (Class<?> type : new HubApplication().getClasses()) {
            Path root = type.getAnnotation(Path.class);
            if (root == null) continue;
            for (Method method : type.getMethods()) {
                for (String call : calls(root.value(), method)) all.put(call, method);
            }
        }
        return all;
    }

    private static List<String> calls(String root, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = "/api/" + root + (below == null ? "" : "/" + below.value());
        List<String> calls = new ArrayList<>();
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) plain(path).forEach(one -> calls.add(http.value() + " " + one));
        }
        return calls;
    }

    /** A template whose expression lists words is each of the words; any other is its name alone. */
    private static Stream<String> plain(String path) {
        Matcher found = TEMPLATE.matcher(path);
        while (found.find()) {
            if (found.group(2) == null) continue;
            String before = path.substring(0, found.start());
            String after = path.substring(found.end());
            boolean words = found.group(2).matches("[\\w|]+");
            Stream<String> values =
                    words ? Arrays.stream(found.group(2).split("\\|")) : Stream.of("{" + found.group(1) + "}");
            return values.flatMap(value -> plain(before + value + after));
        }
        return Stream.of(path);
    }

    /** The scopes that a method's annotation asks for; empty for none. */
    static List<String> scopes(Method method) {
        RequiresScope scope = method.getAnnotation(RequiresScope.class);
        return scope == null ? List.of() : List.of(scope.value());
    }
}
