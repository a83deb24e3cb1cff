package dev.scopegate.it.heap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/**
 * Searches a heap dump for secrets in everything that our classes' objects and static fields lead to.
 *
 * <p>The walk does not enter the container's objects, threads, class loaders or classes: from any of them the whole
 * server can be reached, and a container keeps the bytes of past requests in pooled buffers of its own, which is not ours
 * to prevent. What our code put into such an object itself is found all the same if an object of ours still leads to it.
 */
public final class HeapSearch {
    private static final String OURS = "dev.scopegate.";
    private static final List<String> CONTAINER = List.of("org.eclipse.jetty.", "org.apache.", "org.glassfish.");
    private static final Set<String> TOO_WIDE = Set.of("java.lang.Thread", "java.lang.ClassLoader", "java.lang.Class");
    private static final int SHORTEST_SECRET = 14;

    private final Collection<String> secrets;
    private final Map<Long, Step> seen = new HashMap<>();
    private final Deque<Instance> open = new ArrayDeque<>();
    private final Map<Long, Boolean> closedClasses = new HashMap<>();
    private final Set<String> classes = new HashSet<>();
    private final Map<String, List<String>> ways = new HashMap<>();

    /** How the walk came to an object: from which other (0: a root), by what. */
    private record Step(long from, String by) {}

    /**
     * What a search came to.
     *
     * @param objects how many objects it looked at
     * @param ourClasses the classes of ours among them
     * @param ways for each secret that was found, the ways that lead to it
     */
    public record Result(int objects, Set<String> ourClasses, Map<String, List<String>> ways) {
        /** The ways to these, without the secrets themselves. */
        public List<String> waysTo(Collection<String> secrets) {
            return secrets.stream()
                    .flatMap(secret -> ways.getOrDefault(secret, List.of()).stream())
                    .toList();
        }
    }

    private HeapSearch(Collection<String> secrets) {
        this.secrets = secrets;
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new IllegalArgumentException("a secret too short to be told from chance");
        }
    }

    /** Searches the dump, whose file must not have been read under the same name before. */
    public static Result in(Path dump, Collection<String> secrets) throws IOException {
        Heap heap = HeapFactory.createHeap(dump.toFile());
        HeapSearch search = new HeapSearch(secrets);
        for (Object each : heap.getAllClasses()) search.start((JavaClass) each);
        while (!search.open.isEmpty()) search.visit(search.open.removeLast());
        return new Result(search.seen.size(), Set.copyOf(search.classes), Map.copyOf(search.ways));
    }

    private void start(JavaClass type) {
        if (!type.getName().startsWith(OURS) || type.isArray()) return;
        for (Object field : type.getStaticFieldValues()) {
            if (field instanceof ObjectFieldValue value) {
                reach(value.getInstance(), 0, "static " + type.getName() + "." + name(value));
            }
        }
        for (Object each : type.getInstances()) reach((Instance) each, 0, type.getName());
    }

    private void reach(Instance instance, long from, String by) {
        if (instance == null || seen.containsKey(instance.getInstanceId())) return;
        JavaClass type = instance.getJavaClass();
        if (from != 0 && closedClasses.computeIfAbsent(type.getJavaClassId(), id -> isClosed(type))) return;
        seen.put(instance.getInstanceId(), new Step(from, by));
        open.addLast(instance);
    }

    private static boolean isClosed(JavaClass type) {
        String name = type.getName();
        if (name.startsWith(OURS)) return false;
        if (CONTAINER.stream().anyMatch(name::startsWith)) return true;
        for (JavaClass each = type; each != null; each = each.getSuperClass()) {
            if (TOO_WIDE.contains(each.getName())) return true;
        }
        return false;
    }

    private void visit(Instance instance) {
        long id = instance.getInstanceId();
        String type = instance.getJavaClass().getName();
        if (type.startsWith(OURS)) classes.add(type);
        if (instance instanceof PrimitiveArrayInstance array) {
            search(array, type, id);
        } else if (instance instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) reach((Instance) element, id, "[]");
        } else {
            for (Object field : instance.getFieldValues()) {
                if (field instanceof ObjectFieldValue value) {
                    reach(value.getInstance(), id, type + "." + name(value));
                }
            }
        }
    }

    private static String name(ObjectFieldValue value) {
        return value.getField().getName();
    }

    private void search(PrimitiveArrayInstance array, String type, long id) {
        if (array.getLength() < SHORTEST_SECRET) return;
        if (type.equals("char[]")) {
            StringBuilder chars = new StringBuilder(array.getLength());
            for (Object value : array.getValues()) chars.append(value);
            report(chars.toString(), id);
        } else if (type.equals("byte[]")) {
            byte[] bytes = new byte[array.getLength()];
            int i = 0;
            for (Object value : array.getValues()) bytes[i++] = Byte.parseByte((String) value);
            report(new String(bytes, StandardCharsets.ISO_8859_1), id);
        }
    }

    private void report(String text, long id) {
        // the zero bytes of UTF-16 fall away, whichever end is first, and Latin-1 has none
        String without = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        for (String secret : secrets) {
            if (text.contains(secret) || without.contains(secret)) {
                ways.computeIfAbsent(secret, any -> new ArrayList<>()).add(way(id));
            }
        }
    }

    private String way(long id) {
        List<String> steps = new ArrayList<>();
        for (long at = id; at != 0; ) {
            Step step = seen.get(at);
            steps.add(0, step.by());
            at = step.from();
        }
        return String.join(" -> ", steps);
    }
}
