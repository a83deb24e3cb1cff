package dev.scopegate.issuer;

import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Parameters;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.TokenStatus;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Which page of which list a request asks for. */
record Lists(TokenQuery query, @Nullable TokenCursor after, int size) {
    private static final int USUAL_SIZE = 50;
    private static final int LARGEST_SIZE = 200;

    static final String INSTANT = "An instant with its offset, such as 2030-01-31T12:00:00Z.";
    static final String PAGE_TOKEN = "The next_page_token of an answer of this list.";

    static Lists read(UriInfo uri, User by) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Parameters parameters = new Parameters(uri, errors);
        int size = size(parameters);
        TokenQuery query = new TokenQuery(
                owner(parameters, by),
                null,
                parameters.value("status", "One of active, expired, revoked.", Lists::status),
                prefix(parameters),
                null,
                parameters.value("expires_before", INSTANT, Lists::instant));
        TokenCursor after = parameters.value("page_token", PAGE_TOKEN, text -> cursor(query, text));
        errors.check();
        requireOwnUnlessAdministrator(query.owner(), by);
        return new Lists(query, after, size);
    }

    /** How many a page holds. */
    static int size(Parameters parameters) {
        return (int) parameters.number("page_size", USUAL_SIZE, 1, LARGEST_SIZE);
    }

    /** Whose things are asked for by {@code owner} and {@code all}: null for everybody's. */
    static @Nullable String owner(UriInfo uri, User by) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        String owner = owner(new Parameters(uri, errors), by);
        errors.check();
        requireOwnUnlessAdministrator(owner, by);
        return owner;
    }

    private static @Nullable String owner(Parameters parameters, User by) {
        Boolean all = parameters.value("all", "One of true, false.", Lists::bool);
        String owner = parameters.value("owner", "The name of an owner.", text -> Rules.isOwner(text) ? text : null);
        return owner == null && !Boolean.TRUE.equals(all) ? by.name() : owner;
    }

    private static void requireOwnUnlessAdministrator(@Nullable String owner, User by) throws AccessDenied {
        if (!by.name().equals(owner) && !by.administrator()) throw new AccessDenied(Problem.permissionDenied());
    }

    static String prefix(Parameters parameters) {
        String prefix = parameters.value(
                "q",
                "What names begin with, without control characters.",
                text -> text.isEmpty() || Rules.isPlain(text, LARGEST_SIZE) ? text : null);
        return prefix == null ? "" : prefix;
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable TokenStatus status(String text) {
        for (TokenStatus status : TokenStatus.values()) {
            if (status.wireName().equals(text)) return status;
        }
        return null;
    }

    static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable TokenCursor cursor(TokenQuery query, String text) {
        try {
            return TokenCursor.parse(query, text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
