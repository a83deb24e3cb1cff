package dev.scopegate.export;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Policies that live as long as the process. */
public final class InMemoryExportPolicies implements ExportPolicyStore {
    private final ConcurrentSkipListMap<String, ExportPolicy> policies = new ConcurrentSkipListMap<>();

    @Override
    public @Nullable ExportPolicy find(String resource) {
        return policies.get(resource);
    }

    @Override
    public SortedMap<String, ExportPolicy> all() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    @Override
    public void put(String resource, ExportPolicy policy) {
        policies.put(resource, policy);
    }

    @Override
    public boolean remove(String resource) {
        return policies.remove(resource) != null;
    }
}
