package dev.scopegate.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyText;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.issuer.json.Fields;
import dev.scopegate.net.Network;
import dev.scopegate.problem.AccessDenied;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Export policies as requests and answers have them. Stateless. */
final class PolicyJson {
    private static final JsonMapper JSON = new JsonMapper();

    private PolicyJson() {}

    static ObjectNode of(String resource, ExportPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("resource", resource);
        try {
            return json.setAll((ObjectNode) JSON.readTree(ExportPolicyText.write(policy)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy's text is JSON", e);
        }
    }

    /** Reads a body; everything that is wrong with it, or was before, is refused at once. */
    static ExportPolicy read(Fields fields, FieldErrors errors) throws AccessDenied {
        ExportPolicy.Mode mode = choice(ExportPolicy.Mode.class, fields, "mode", false, errors);
        List<String> networks = fields.texts("networks");
        List<Network> parsed = Rules.networks("networks", networks == null ? List.of() : networks, errors);
        List<ExportLimit> limits = limits(fields.optionalObjects("limits"), errors);
        fields.noOthers();
        errors.check();
        return new ExportPolicy(mode == null ? ExportPolicy.Mode.ENFORCE : mode, parsed, limits);
    }

    private static List<ExportLimit> limits(List<Fields> all, FieldErrors errors) {
        List<ExportLimit> limits = new ArrayList<>();
        if (all.size() > ExportPolicy.MOST_LIMITS) {
            errors.invalid("limits", "At most " + ExportPolicy.MOST_LIMITS + " elements.");
            return limits;
        }
        Set<List<Object>> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            ExportLimit limit = limit(all.get(i), errors);
            if (limit == null) continue;
            if (!seen.add(List.of(limit.unit(), limit.per(), limit.subject()))) errors.duplicate("limits." + i);
            limits.add(limit);
        }
        return limits;
    }

    private static @Nullable ExportLimit limit(Fields fields, FieldErrors errors) {
        ExportLimit.Unit unit = choice(ExportLimit.Unit.class, fields, "limit", true, errors);
        ExportLimit.Per per = choice(ExportLimit.Per.class, fields, "per", true, errors);
        ExportLimit.Subject subject = choice(ExportLimit.Subject.class, fields, "subject", false, errors);
        long max = fields.required("max") == null ? 0 : fields.number("max", 0, 0, Long.MAX_VALUE);
        fields.noOthers();
        if (unit == null || per == null) return null;
        return new ExportLimit(unit, per, max, Objects.requireNonNullElse(subject, ExportLimit.Subject.OWNER));
    }

    private static <E extends Enum<E>> @Nullable E choice(
            Class<E> type, Fields fields, String name, boolean required, FieldErrors errors) {
        String text = required ? fields.text(name) : fields.optionalText(name);
        if (text == null) return null;
        for (E one : type.getEnumConstants()) {
            if (wireName(one).equals(text)) return one;
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(PolicyJson::wireName).collect(Collectors.joining(", "));
        errors.invalid(fields.attr(name), "One of " + known + ".");
        return null;
    }

    private static String wireName(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
