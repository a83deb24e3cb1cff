package dev.scopegate.problem;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code WWW-Authenticate} value of a refusal (RFC 6750 §3, RFC 9728 §5.1): a realm, where the resource's metadata
 * stands, and what was wrong. Every value is a quoted-string with everything escaped that could end it or the header.
 * Immutable and safe for any number of threads.
 */
public final class Challenge {
    private final String start;

    /**
     * The challenge of one application.
     *
     * @param realm the protection space; printable
     * @param resourceMetadata the URL of the protected resource's metadata (RFC 9728), or null
     */
    public Challenge(String realm, @Nullable String resourceMetadata) {
        StringBuilder text = new StringBuilder("Bearer ");
        parameter(text, "realm", realm);
        if (resourceMetadata != null) parameter(text.append(", "), "resource_metadata", resourceMetadata);
        this.start = text.toString();
    }

    /** The header's value for this problem; null when the answer has no challenge. */
    public @Nullable String of(Problem problem) {
        String error = problem.bearerError();
        if (error == null) return null;
        if (error.equals(Problem.NO_PARAMETER)) return start;
        StringBuilder text = new StringBuilder(start.length() + 128).append(start);
        parameter(text.append(", "), "error", error);
        parameter(text.append(", "), "error_description", problem.detail());
        Map<String, ?> extra = problem.errors().get(0).extra();
        if (extra != null && extra.get("required") instanceof Collection<?> required) {
            parameter(
                    text.append(", "),
                    "scope",
                    String.join(" ", required.stream().map(String::valueOf).toList()));
        }
        return text.toString();
    }

    private static void parameter(StringBuilder text, String name, String value) {
        text.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') text.append('\\');
            text.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        text.append('"');
    }
}
