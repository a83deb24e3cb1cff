package dev.scopegate.issuer;

import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the issuer's requests: what has the wrong type, is missing or unknown is refused here, the rest by the rules. */
final class Bodies {
    private static final String INSTANT = "An instant with its offset, such as 2030-01-31T12:00:00Z.";

    private Bodies() {}

    static TokenDraft draft(JsonBody body) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        String name = fields.text("name");
        fields.required("scopes");
        List<String> scopes = fields.texts("scopes");
        Instant expiresAt = instant(fields, "expires_at", errors);
        List<String> resources = fields.texts("resources");
        List<String> networks = fields.texts("allowed_networks");
        String owner = fields.optionalText("owner");
        fields.noOthers();
        errors.check();
        return new TokenDraft(
                Objects.requireNonNull(name), Objects.requireNonNull(scopes), expiresAt, resources, networks, owner);
    }

    /** A private token; scopes that are left out are those that the caller has. */
    static TokenDraft privateToken(JsonBody body, Bounds bounds) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        String name = fields.text("name");
        fields.required("expiration_time");
        Instant expires = instant(fields, "expiration_time", errors);
        List<String> scopes = fields.texts("scopes");
        fields.noOthers();
        errors.check();
        List<String> granted = scopes == null ? List.copyOf(bounds.scopes()) : scopes;
        return new TokenDraft(Objects.requireNonNull(name), granted, expires, null, null, null);
    }

    static TokenEdit edit(JsonBody body) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        TokenEdit edit = new TokenEdit(
                fields.optionalText("name"),
                fields.texts("scopes"),
                fields.texts("resources"),
                fields.texts("allowed_networks"));
        if (fields.any("expires_at") != null) errors.immutable("expires_at");
        fields.noOthers();
        errors.check();
        return edit;
    }

    /** The time that a rotation grants the old secret; a body that is not there grants none. */
    static Duration grace(JsonBody body) throws AccessDenied {
        if (body.isEmpty()) return Duration.ZERO;
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        long seconds = fields.number("grace_seconds", 0, 0, TokenIssuer.LONGEST_GRACE.toSeconds());
        fields.noOthers();
        errors.check();
        return Duration.ofSeconds(seconds);
    }

    /** A request that says nothing: no body, or an empty object. */
    static void nothing(JsonBody body) throws AccessDenied {
        if (body.isEmpty()) return;
        FieldErrors errors = new FieldErrors();
        body.fields(errors).noOthers();
        errors.check();
    }

    /** The texts of an object that holds these fields and no others. */
    static List<String> texts(JsonBody body, String... names) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Fields fields = body.fields(errors);
        List<@Nullable String> texts = new java.util.ArrayList<>();
        for (String name : names) texts.add(fields.text(name));
        fields.noOthers();
        errors.check();
        return texts.stream().map(text -> Objects.requireNonNull(text)).toList();
    }

    private static @Nullable Instant instant(Fields fields, String name, FieldErrors errors) {
        String text = fields.optionalText(name);
        if (text == null) return null;
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            errors.invalid(fields.attr(name), INSTANT);
            return null;
        }
    }
}
