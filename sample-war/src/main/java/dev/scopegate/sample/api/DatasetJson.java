package dev.scopegate.sample.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.sample.data.Statistics;
import dev.scopegate.sample.data.Variable;
import dev.scopegate.sample.hub.Edition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datasets as the interface shows them. */
final class DatasetJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DatasetJson() {}

    /** What a dataset is about; {@code size} is in rows. */
    static ObjectNode overview(Dataset dataset, Edition edition) {
        Dataset.About about = dataset.about();
        return JSON.objectNode()
                .put("id", dataset.id())
                .put("organization", Datasets.ORGANIZATION)
                .put("title", edition.title())
                .put("description", edition.description())
                .put("licence", about.licence())
                .put("licence_url", about.licenceUrl())
                .put("source", about.source())
                .put("size", dataset.table().size())
                .put("version", edition.version())
                .put("updated_at", edition.updatedAt() == null ? null : String.valueOf(edition.updatedAt()));
    }

    static ObjectNode variables(Dataset dataset) {
        List<Statistics> statistics = dataset.statistics();
        ObjectNode root = JSON.objectNode();
        ArrayNode results = root.putArray("results");
        for (Variable variable : dataset.table().variables()) {
            ObjectNode one = results.addObject()
                    .put("name", variable.name())
                    .put("type", variable.type().wireName())
                    .put("description", variable.description());
            one.set("statistics", summary(statistics.get(results.size() - 1)));
        }
        return root;
    }

    /** Only what is known of a variable of its type. */
    private static ObjectNode summary(Statistics statistics) {
        ObjectNode json = JSON.objectNode().put("count", statistics.count()).put("missing", statistics.missing());
        put(json, "min", statistics.min());
        put(json, "max", statistics.max());
        put(json, "mean", statistics.mean());
        put(json, "sd", statistics.sd());
        if (statistics.distinct() != null) {
            put(json, "distinct", statistics.distinct());
            ArrayNode top = json.putArray("top");
            statistics
                    .top()
                    .forEach(one -> top.addObject().put("value", one.value()).put("count", one.count()));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value == null) return;
        if (value instanceof Long number) json.put(name, number);
        else if (value instanceof Integer number) json.put(name, number);
        else if (value instanceof Double number) json.put(name, number);
        else json.put(name, value.toString());
    }
}
