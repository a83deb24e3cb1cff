package dev.scopegate.issuer.json;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the query's parameters; what is wrong goes to the errors. A parameter that is given twice is wrong. */
public final class Parameters {
    private final MultivaluedMap<String, String> given;
    private final FieldErrors errors;

    public Parameters(UriInfo uri, FieldErrors errors) {
        this.given = uri.getQueryParameters();
        this.errors = errors;
    }

    /** A whole number between two bounds, both included. */
    public long number(String name, long byDefault, long min, long max) {
        String rule = "A whole number from " + min + " to " + max + ".";
        Long number = value(name, rule, text -> {
            if (!text.matches("[0-9]{1,19}")) return null;
            long parsed = Long.parseUnsignedLong(text); // negative beyond Long.MAX_VALUE
            return parsed >= min && parsed <= max ? parsed : null;
        });
        return number == null ? byDefault : number;
    }

    /** What the reader makes of a parameter's value; null when it is not given, or wrong: the reader said null. */
    public <T> @Nullable T value(String name, String rule, Function<String, @Nullable T> reader) {
        List<String> values = given.get(name);
        if (values == null) return null;
        T value = values.size() == 1 && values.get(0) != null ? reader.apply(values.get(0)) : null;
        if (value == null) errors.invalid(name, rule);
        return value;
    }
}
