package dev.scopegate.issuer;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Parameters;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.store.AuditQuery;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which page of which events a request asks for. */
record AuditLists(AuditQuery query, @Nullable String before, int size) {
    private static final int LONGEST = 1_000;
    private static final String TYPES = "One of "
            + Arrays.stream(AuditType.values()).map(AuditType::wireName).collect(Collectors.joining(", ")) + ".";

    static AuditLists read(UriInfo uri) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        Parameters parameters = new Parameters(uri, errors);
        int size = Lists.size(parameters);
        AuditQuery query = new AuditQuery(
                parameters.value(
                        "type", TYPES, text -> AuditType.ofWireName(text).orElse(null)),
                parameters.value("actor", "A name, without control characters.", AuditLists::plain),
                parameters.value("token_id", "The id of a token.", AuditLists::plain),
                parameters.value("since", Lists.INSTANT, Lists::instant),
                parameters.value("until", Lists.INSTANT, Lists::instant));
        String before = parameters.value("page_token", Lists.PAGE_TOKEN, text -> AuditEvent.isId(text) ? text : null);
        errors.check();
        return new AuditLists(query, before, size);
    }

    private static @Nullable String plain(String text) {
        return Rules.isPlain(text, LONGEST) ? text : null;
    }
}
