package dev.scopegate.sample.api;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request's fields, collected so that one answer names all of it. For one thread. */
final class FieldErrors {
    private final List<Problem.Item> items = new ArrayList<>();

    void required(String attr) {
        add("required", "This field is required.", attr);
    }

    /** Null: the body as a whole. */
    void invalidType(@Nullable String attr) {
        add("invalid_type", "This field has the wrong type.", attr);
    }

    void unknown(String attr) {
        add("unknown_field", "There is no field of this name.", attr);
    }

    /** The right type, but not a value that is taken; {@code rule} says which are. */
    void invalid(String attr, String rule) {
        add("invalid", rule, attr);
    }

    private void add(String code, String detail, @Nullable String attr) {
        items.add(new Problem.Item(code, detail, attr, null));
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Refuses the request if anything is wrong. */
    void check() throws AccessDenied {
        if (!items.isEmpty()) throw new AccessDenied(Problem.validation(items));
    }
}
