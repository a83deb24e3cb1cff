package dev.scopegate.store;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.ExportPolicyText;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.text.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Export policies in one JSON file, {@code {"dataset:a":{…},…}}. Its stamp is looked at each time a policy is asked for, so
 * that a new file holds at once; while the file is ill-formed or gone, nothing can be told. Writes replace it atomically.
 */
public final class JsonFileExportPolicies implements ExportPolicyStore {
    private static final byte[] NONE = "{}\n".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final KeptFile file;
    private volatile Read read;

    /** What the file held when it had the stamp. */
    private record Read(Object stamp, SortedMap<String, ExportPolicy> policies) {}

    private JsonFileExportPolicies(KeptFile file) throws IOException {
        this.file = file;
        this.read = readNow(file);
    }

    /**
     * Opens the file, which is made without a policy when there is none.
     *
     * @throws ConfigurationException when it cannot be read or is ill-formed
     */
    public static JsonFileExportPolicies open(Path path) {
        KeptFile file = new KeptFile(path);
        try {
            file.createIfMissing(NONE);
            return new JsonFileExportPolicies(file);
        } catch (IOException | Unavailable e) {
            throw new ConfigurationException("export-policies: " + path + " cannot be read: " + FileTrouble.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("export-policies: " + path + ": " + e.getMessage(), e);
        }
    }

    private static Read readNow(KeptFile file) throws IOException {
        Object stamp = file.stamp();
        SortedMap<String, ExportPolicy> policies = new TreeMap<>();
        JsonNode json = JSON.readTree(file.read());
        if (!json.isObject()) throw new IllegalArgumentException("it is not a JSON object");
        for (Map.Entry<String, JsonNode> one : json.properties()) {
            policies.put(one.getKey(), policy(one.getKey(), one.getValue()));
        }
        return new Read(stamp, Collections.unmodifiableSortedMap(policies));
    }

    private static ExportPolicy policy(String resource, JsonNode json) {
        try {
            return ExportPolicyText.read(json.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the policy of '" + resource + "': " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable ExportPolicy find(String resource) throws Unavailable {
        return all().get(resource);
    }

    @Override
    public SortedMap<String, ExportPolicy> all() throws Unavailable {
        try {
            Read known = read;
            if (file.stamp().equals(known.stamp)) return known.policies;
            Read now = readNow(file);
            read = now;
            return now.policies;
        } catch (IOException | IllegalArgumentException e) {
            throw new Unavailable("the export policies in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void put(String resource, ExportPolicy policy) throws Unavailable {
        boolean unused = change(policies -> !policy.equals(policies.put(resource, policy)));
    }

    @Override
    public boolean remove(String resource) throws Unavailable {
        return change(policies -> policies.remove(resource) != null);
    }

    private boolean change(Predicate<Map<String, ExportPolicy>> change) throws Unavailable {
        try {
            return file.whileLocked(() -> {
                SortedMap<String, ExportPolicy> policies = new TreeMap<>(readNow(file).policies);
                if (!change.test(policies)) return false;
                Object stamp = file.replace(bytes(policies));
                read = new Read(stamp, Collections.unmodifiableSortedMap(policies));
                return true;
            });
        } catch (IOException | IllegalArgumentException e) {
            throw new Unavailable("the export policies in " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(SortedMap<String, ExportPolicy> policies) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        for (Map.Entry<String, ExportPolicy> one : policies.entrySet()) {
            json.set(one.getKey(), JSON.readTree(ExportPolicyText.write(one.getValue())));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
