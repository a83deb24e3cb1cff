package dev.scopegate.store.redis;

import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.ExportPolicyText;
import dev.scopegate.problem.Unavailable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A hash of JSON texts by resource, read each time, so that a change holds on all nodes from the moment it is made. */
record RedisExportPolicies(Line line, Writes writes) implements ExportPolicyStore {
    private String key() {
        return writes.keys().policies();
    }

    @Override
    public @Nullable ExportPolicy find(String resource) throws Unavailable {
        String text = line.run(commands -> commands.hget(key(), resource));
        return text == null ? null : read(resource, text);
    }

    private static ExportPolicy read(String resource, String text) throws Unavailable {
        try {
            return ExportPolicyText.read(text);
        } catch (IllegalArgumentException e) {
            throw new Unavailable("Redis holds an ill-formed export policy of '" + resource + "'", e);
        }
    }

    @Override
    public SortedMap<String, ExportPolicy> all() throws Unavailable {
        Map<String, String> texts = line.run(commands -> commands.hgetall(key()));
        SortedMap<String, ExportPolicy> all = new TreeMap<>();
        for (var each : texts.entrySet()) all.put(each.getKey(), read(each.getKey(), each.getValue()));
        return all;
    }

    @Override
    public void put(String resource, ExportPolicy policy) throws Unavailable {
        String text = ExportPolicyText.write(policy);
        Boolean unused = writes.quietly(commands -> commands.hset(key(), resource, text));
    }

    @Override
    public boolean remove(String resource) throws Unavailable {
        return writes.quietly(commands -> commands.hdel(key(), resource)) == 1;
    }
}
