package dev.scopegate.access;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.scope.ScopeSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of tokens that lack a scope: few differ, so the latest are kept, and an adapter knows one it has written
 * before. Holds at most {@value #SIZE}; safe for any number of threads.
 */
final class ScopeRefusals {
    private static final int SIZE = 256;

    private record Known(List<String> required, ScopeSet granted, AccessDenied denied) {}

    private final AtomicReferenceArray<@Nullable Known> latest = new AtomicReferenceArray<>(SIZE);

    AccessDenied of(List<String> required, ScopeSet granted) {
        int place = (31 * required.hashCode() + granted.hashCode()) & (SIZE - 1);
        Known known = latest.get(place);
        if (known != null && known.granted.equals(granted) && known.required.equals(required)) return known.denied;
        AccessDenied made = new AccessDenied(Problem.insufficientScope(required, granted));
        latest.set(place, new Known(List.copyOf(required), granted, made));
        return made;
    }
}
