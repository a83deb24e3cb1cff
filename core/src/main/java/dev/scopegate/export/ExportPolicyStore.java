package dev.scopegate.export;

import dev.scopegate.problem.Unavailable;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the policies of resources are kept. What one node writes, every node reads from the moment the call returns: it is
 * asked at the beginning of each limited response and at each further lease. Safe for any number of threads.
 */
public interface ExportPolicyStore {
    /** The longest name of a resource that can have a policy, in characters. */
    int LONGEST_RESOURCE = 255;

    /** The policy of a resource by its canonical name; null when it has none. */
    @Nullable ExportPolicy find(String resource) throws Unavailable;

    /** Every policy by its resource. */
    SortedMap<String, ExportPolicy> all() throws Unavailable;

    /** Gives a resource its policy, in place of an earlier one. */
    void put(String resource, ExportPolicy policy) throws Unavailable;

    /**
     * Takes a resource's policy away.
     *
     * @return whether it had one
     */
    boolean remove(String resource) throws Unavailable;
}
