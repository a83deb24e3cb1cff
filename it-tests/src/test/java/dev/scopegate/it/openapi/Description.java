package dev.scopegate.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An OpenAPI 3.1 description that answers are held against. For one thread. */
final class Description {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\w+}");

    /** What tells something to programs: an answer that has one of these says so in its description. */
    private static final List<String> TELLING =
            List.of("WWW-Authenticate", "Retry-After", "Location", "RateLimit", "RateLimit-Policy", "X-CSRF-Token");

    private final JsonNode root;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<JsonNode, Schema> schemas = new HashMap<>();
    private final Set<String> seen = new TreeSet<>();

    Description(String text) {
        root = Json.read(text);
    }

    /** Every call with a status that is no refusal, such as {@code GET /api/v1/me 200}. */
    Set<String> successes() {
        Set<String> successes = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                method.getValue().path("responses").fieldNames().forEachRemaining(status -> {
                    if (status.startsWith("2")) successes.add(call(method.getKey(), path.getKey(), status));
                });
            }
        }
        return successes;
    }

    /** The calls and statuses that answers have been held against. */
    Set<String> seen() {
        return seen;
    }

    private static String call(String method, String path, String status) {
        return method.toUpperCase(Locale.ROOT) + ' ' + path + ' ' + status;
    }

    /** Whether the answer is one that the description knows; of calls that it has not, only refusals are. */
    void check(String method, String target, RawResponse response) {
        String path = path(plain(target));
        JsonNode operation = root.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            if (!method.equals("OPTIONS")) assertThat(response.status()).isGreaterThanOrEqualTo(400);
            return;
        }
        JsonNode described = resolved(operation.path("responses").path("" + response.status()));
        assertThat(described.isMissingNode())
                .as("the status " + response.status() + " is not described")
                .isFalse();
        headers(described.path("headers"), response);
        body(described.path("content"), response);
        seen.add(call(method, path, "" + response.status()));
    }

    /** Without the query, and what JAX-RS does not see: path parameters and a slash at the end. */
    private static String plain(String target) {
        String path = target.replaceAll("\\?.*", "");
        return path.startsWith("/api") ? path.replaceAll(";[^/]*", "").replaceAll("/$", "") : path;
    }

    /** The path of the description that a target is of; plain ones come before those with variables. */
    private String path(String target) {
        if (root.path("paths").has(target)) return target;
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            // what stands between is quoted, so that only variables match anything
            String pattern = "\\Q" + TEMPLATE.matcher(path.getKey()).replaceAll("\\\\E[^/]+\\\\Q") + "\\E";
            if (target.matches(pattern)) return path.getKey();
        }
        return "";
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void headers(JsonNode described, RawResponse response) {
        for (Map.Entry<String, JsonNode> each : described.properties()) {
            JsonNode header = resolved(each.getValue());
            String value = response.header(each.getKey());
            if (header.path("required").asBoolean())
                assertThat(value).as(each.getKey()).isNotNull();
            if (value != null) valid(header.path("schema"), TextNode.valueOf(value), each.getKey());
        }
        for (String name : TELLING) {
            if (!described.has(name))
                assertThat(response.header(name)).as(name + " is not described").isNull();
        }
    }

    private void body(JsonNode content, RawResponse response) {
        if (content.isMissingNode()) {
            assertThat(response.length()).as("length").isZero();
            return;
        }
        String type = String.valueOf(response.header("Content-Type")).replaceAll("\\s*;.*", "");
        assertThat(content.has(type))
                .as("the media type " + type + " is described")
                .isTrue();
        if (type.matches("application/(.+[+])?json")) {
            valid(content.path(type).path("schema"), Json.read(response.text()), "the body");
        }
    }

    private void valid(JsonNode schema, JsonNode value, String what) {
        assertThat(schemas.computeIfAbsent(schema, this::whole).validate(value))
                .as(what)
                .isEmpty();
    }

    /** The schema with those that it refers to. */
    private Schema whole(JsonNode schema) {
        ObjectNode whole = (ObjectNode) local(schema);
        return registry.getSchema(whole.set("$defs", local(root.at("/components/schemas"))));
    }

    private static JsonNode local(JsonNode schema) {
        return Json.read(schema.toString().replace("#/components/schemas/", "#/$defs/"));
    }
}
