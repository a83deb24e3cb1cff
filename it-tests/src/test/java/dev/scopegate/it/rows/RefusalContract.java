package dev.scopegate.it.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.http.RawResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every refusal, whoever asked for what: SPEC §6. */
final class RefusalContract {
    private static final String QUOTED = "\"((?:[^\"\\\\\\p{Cntrl}]|\\\\[\"\\\\])*)\"";
    private static final Pattern CHALLENGE = Pattern.compile("Bearer realm=" + QUOTED + "(?:, resource_metadata="
            + QUOTED + ")?(?:, error=" + QUOTED + ", error_description=" + QUOTED + "(?:, scope=" + QUOTED + ")?)?");
    /** Codes of a validation error even when they are about the body as a whole. */
    private static final Set<String> OF_BODIES = Set.of("invalid_type");

    private static final Pattern STACK_TRACE =
            Pattern.compile("\\bat [\\w.$/]+\\([\\w]+\\.java|Caused by|Exception\\b|dev\\.scopegate|\\.java:\\d");

    private RefusalContract() {}

    /** The refusal of a GET, POST or whatever has a body. */
    static void check(RawResponse response, Row.Expected expected) {
        checkHead(response, expected);
        assertThat(response.all("Content-Length")).as("Content-Length").containsExactly("" + response.length());
        JsonNode envelope = Json.read(response.text());
        assertThat(names(envelope)).as("the envelope's keys").containsExactly("type", "errors");
        assertThat(envelope.path("type").asText()).as("type").isEqualTo(type(expected));
        List<String> codes = new ArrayList<>();
        for (JsonNode error : envelope.path("errors")) {
            assertThat(names(error)).as("an error's keys").containsExactly("code", "detail", "attr", "extra");
            assertThat(error.path("detail").asText()).as("detail").matches("[A-Z0-9].*[.]");
            JsonNode attr = error.path("attr");
            codes.add(error.path("code").asText() + (attr.isNull() ? "" : "@" + attr.asText()));
        }
        assertThat(codes).as("codes").containsExactlyInAnyOrderElementsOf(expected.codes());
    }

    /** What of a refusal stands in its headers, which a HEAD gets too. */
    static void checkHead(RawResponse response, Row.Expected expected) {
        assertThat(response.all("Content-Type")).as("Content-Type").containsExactly("application/json");
        assertThat(response.all("Cache-Control")).as("Cache-Control").containsExactly("no-store");
        assertThat(response.all("Transfer-Encoding")).as("Transfer-Encoding").isEmpty();
        assertThat(response.all("Set-Cookie")).as("Set-Cookie").isEmpty();
        List<String> challenges = response.all("WWW-Authenticate");
        if (expected.challenge().isEmpty())
            assertThat(challenges).as("challenge").isEmpty();
        else assertThat(challenges).as("challenge").singleElement().satisfies(one -> challenge(one, expected));
    }

    private static void challenge(String header, Row.Expected expected) {
        Matcher parts = CHALLENGE.matcher(header);
        assertThat(parts.matches()).as("a challenge: " + header).isTrue();
        assertThat(parts.group(1)).as("realm").isNotEmpty();
        String error = parts.group(3) == null ? "bearer" : parts.group(3);
        String scope = parts.group(5) == null ? "" : " " + parts.group(5);
        assertThat(error + scope).as("challenge").isEqualTo(expected.challenge());
    }

    /** Holds for every response at all: it shows no stack trace and none of these secrets. */
    static void checkDiscretion(RawResponse response, Collection<String> secrets) {
        String all = response.toString();
        if (response.status() >= 400) {
            assertThat(STACK_TRACE.matcher(all).find())
                    .as("a stack trace in " + all)
                    .isFalse();
        }
        boolean shown = secrets.stream().anyMatch(all::contains);
        assertThat(shown).as("a secret in the response").isFalse();
    }

    private static String type(Row.Expected expected) {
        if (expected.status() >= 500) return "server_error";
        boolean validation = expected.codes().stream().anyMatch(code -> code.contains("@") || OF_BODIES.contains(code));
        return validation ? "validation_error" : "client_error";
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
