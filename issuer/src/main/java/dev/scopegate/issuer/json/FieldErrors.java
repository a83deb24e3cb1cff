package dev.scopegate.issuer.json;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request's fields, collected so that one answer names all of it, or the first hundred where there is more: an
 * answer is not to be many times as large as what it answers. For one thread.
 */
public final class FieldErrors {
    private static final int MOST = 100;

    private final List<Problem.Item> items = new ArrayList<>();

    public void required(String attr) {
        add("required", "This field is required.", attr);
    }

    /** Null: the body as a whole. */
    public void invalidType(@Nullable String attr) {
        add("invalid_type", "This field has the wrong type.", attr);
    }

    public void unknown(String attr) {
        add("unknown_field", "There is no field of this name.", attr);
    }

    /** The right type, but not a value that is taken; {@code rule} says which are. */
    public void invalid(String attr, String rule) {
        add("invalid", rule, attr);
    }

    /** The same element stands earlier in the list. */
    public void duplicate(String attr) {
        add("duplicate", "This stands in the list before.", attr);
    }

    /** Another thing of the same owner has this value. */
    public void taken(String attr) {
        add("unique", "Another active one of this owner has this name.", attr);
    }

    /** The field exists, and is settled for good when the thing is made. */
    public void immutable(String attr) {
        add("immutable", "This cannot be changed any more.", attr);
    }

    private void add(String code, String detail, @Nullable String attr) {
        if (items.size() < MOST) items.add(new Problem.Item(code, detail, attr, null));
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** Refuses the request if anything is wrong. */
    public void check() throws AccessDenied {
        if (!items.isEmpty()) throw denied();
    }

    /** The refusal that names it; something must be wrong. */
    public AccessDenied denied() {
        return new AccessDenied(Problem.validation(items));
    }
}
