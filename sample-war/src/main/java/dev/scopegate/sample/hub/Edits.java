package dev.scopegate.sample.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.sample.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The editions of datasets that differ from the first, kept in {@code datasets.json} of the home folder. Reads take no
 * lock; writes are one at a time, in all processes.
 */
public final class Edits {
    private static final String FILE = "datasets.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Home home;
    private volatile Map<String, Edition> editions;

    private Edits(Home home, Map<String, Edition> editions) {
        this.home = home;
        this.editions = editions;
    }

    static Edits open(Home home) throws IOException {
        return new Edits(home, read(home.file(FILE)));
    }

    /** The dataset as it is called now. */
    public Edition of(Dataset dataset) {
        return editions.getOrDefault(dataset.id(), Edition.first(dataset));
    }

    /** Changes a dataset for good and returns what it is now. */
    public Edition change(Dataset dataset, UnaryOperator<Edition> change) throws IOException {
        return home.<Edition, RuntimeException>alone(unused -> {
            Map<String, Edition> all = new LinkedHashMap<>(read(home.file(FILE)));
            Edition changed = change.apply(all.getOrDefault(dataset.id(), Edition.first(dataset)));
            all.put(dataset.id(), changed);
            home.replace(FILE, write(all));
            editions = Map.copyOf(all);
            return changed;
        });
    }

    private static Map<String, Edition> read(Path file) throws IOException {
        if (!Files.exists(file)) return Map.of();
        Map<String, Edition> all = new LinkedHashMap<>();
        try {
            // not forEachEntry: GlassFish gives every application its own Jackson, which is older than that
            JSON.readTree(file.toFile()).properties().forEach(each -> all.put(each.getKey(), edition(each.getValue())));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new ConfigurationException(file + " is not what the hub wrote: " + e.getMessage(), e);
        }
        return Map.copyOf(all);
    }

    private static Edition edition(JsonNode node) {
        return new Edition(
                node.required("title").asText(),
                node.required("description").asText(),
                node.required("version").asInt(),
                Instant.parse(node.required("updated_at").asText()));
    }

    private static byte[] write(Map<String, Edition> all) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        all.forEach((id, edition) -> root.putObject(id)
                .put("title", edition.title())
                .put("description", edition.description())
                .put("version", edition.version())
                .put("updated_at", String.valueOf(edition.updatedAt())));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }
}
