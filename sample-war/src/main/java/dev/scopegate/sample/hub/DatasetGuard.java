package dev.scopegate.sample.hub;

import dev.scopegate.access.ResourceDecision;
import dev.scopegate.access.ResourceGuard;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.sample.hub.DatasetAccess.Use;
import dev.scopegate.token.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * Which of the hub's resources a caller may use: {@code organization:demo}, the {@code dataset:}s in it, and the
 * {@code destination:}s of messages. What is done with a dataset beyond knowing of it is a resource within the dataset, such as
 * {@code dataset:penguins/data}, because each use takes a scope of its own.
 */
final class DatasetGuard implements ResourceGuard {
    static final String DATASET = "dataset:";
    static final String ORGANIZATION = "organization:";
    static final String DESTINATION = "destination:";

    private static final String DEMO = ORGANIZATION + Datasets.ORGANIZATION;

    private final DatasetAccess datasets;

    DatasetGuard(DatasetAccess datasets) {
        this.datasets = datasets;
    }

    @Override
    public ResourceDecision decide(AccessToken token, String resource) {
        if (resource.equals(DEMO) || resource.startsWith(DESTINATION)) return ResourceDecision.ok(resource);
        if (!resource.startsWith(DATASET)) return ResourceDecision.hidden();
        int slash = resource.indexOf('/');
        Use use = slash < 0 ? Use.OVERVIEW : Use.of(resource.substring(slash + 1));
        if (use == null) return ResourceDecision.hidden();
        String id = resource.substring(DATASET.length(), slash < 0 ? resource.length() : slash);
        return datasets.decide(token, id, use);
    }

    /** Absent datasets belong to the organization too: else a token for it could tell them from hidden ones. */
    @Override
    public @Nullable String parentOf(String resource) {
        if (!resource.startsWith(DATASET)) return null;
        int slash = resource.indexOf('/');
        return slash < 0 ? DEMO : resource.substring(0, slash);
    }
}
