package dev.scopegate.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Policies as JSON, the form in which stores keep them and administrators write them: {@code
 * {"mode":"enforce","networks":["192.0.2.0/24"],"limits":[{"limit":"bytes","per":"day","max":1000,"subject":"owner"}]}}.
 */
public final class ExportPolicyText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ExportPolicyText() {}

    /** The policy as one JSON object with every field. */
    public static String write(ExportPolicy policy) {
        return tree(policy).toString();
    }

    static ObjectNode tree(ExportPolicy policy) {
        ObjectNode json = JSON.createObjectNode();
        json.put("mode", policy.mode().wireName());
        ArrayNode networks = json.putArray("networks");
        for (Network network : policy.networks()) networks.add(network.toString());
        ArrayNode limits = json.putArray("limits");
        for (ExportLimit limit : policy.limits()) {
            ObjectNode one = limits.addObject();
            one.put("limit", limit.unit().wireName());
            one.put("per", limit.per().wireName());
            one.put("max", limit.max());
            one.put("subject", limit.subject().wireName());
        }
        return json;
    }

    /**
     * Reads what {@link #write} wrote, or a person; what may be left out has its default.
     *
     * @throws IllegalArgumentException in a sentence that names the field, not its value
     */
    public static ExportPolicy read(String text) {
        try {
            return policy(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the policy is not well-formed JSON", e);
        }
    }

    static ExportPolicy policy(JsonNode json) {
        onlyHas(json, "the policy", Set.of("mode", "networks", "limits"));
        List<Network> networks = new ArrayList<>();
        for (JsonNode network : array(json, "networks")) networks.add(Network.parse(text(network, "networks")));
        List<ExportLimit> limits = new ArrayList<>();
        for (JsonNode limit : array(json, "limits")) limits.add(limit(limit));
        return new ExportPolicy(
                choice(ExportPolicy.Mode.class, json.path("mode"), "mode", ExportPolicy.Mode.ENFORCE),
                networks,
                limits);
    }

    private static ExportLimit limit(JsonNode json) {
        onlyHas(json, "a limit", Set.of("limit", "per", "max", "subject"));
        JsonNode max = json.path("max");
        if (!max.isIntegralNumber() || !max.canConvertToLong() || max.longValue() < 0) {
            throw new IllegalArgumentException("the field 'max' is not a whole number of 0 or more");
        }
        return new ExportLimit(
                choice(ExportLimit.Unit.class, json.path("limit"), "limit", null),
                choice(ExportLimit.Per.class, json.path("per"), "per", null),
                max.longValue(),
                choice(ExportLimit.Subject.class, json.path("subject"), "subject", ExportLimit.Subject.OWNER));
    }

    private static void onlyHas(JsonNode json, String what, Set<String> known) {
        if (!json.isObject()) throw new IllegalArgumentException(what + " is not a JSON object");
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) throw new IllegalArgumentException(what + " has a field other than " + known);
        });
    }

    private static Iterable<JsonNode> array(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) return List.of();
        if (value.isArray()) return value;
        throw new IllegalArgumentException("the field '" + field + "' is not an array");
    }

    private static String text(JsonNode value, String field) {
        if (value.isTextual()) return value.textValue();
        throw new IllegalArgumentException("the field '" + field + "' is not a string");
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode value, String field, @Nullable E byDefault) {
        if (value.isMissingNode() && byDefault != null) return byDefault;
        String text = text(value, field);
        for (E one : type.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) return one;
        }
        throw new IllegalArgumentException("the field '" + field + "' is none of its values");
    }
}
