package dev.scopegate.sample.hub;

import dev.scopegate.access.ResourceDecision;
import dev.scopegate.access.ResourceGuard;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.token.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * Which of the hub's resources a caller may know of: {@code organization:demo}, the {@code dataset:}s in it, and the
 * {@code destination:}s of messages.
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
        boolean known = resource.equals(DEMO)
                || resource.startsWith(DESTINATION)
                || (resource.startsWith(DATASET) && datasets.sees(token, resource.substring(DATASET.length())));
        return known ? ResourceDecision.ok(resource) : ResourceDecision.hidden();
    }

    /** Absent datasets belong to the organization too: else a token for it could tell them from hidden ones. */
    @Override
    public @Nullable String parentOf(String resource) {
        return resource.startsWith(DATASET) ? DEMO : null;
    }
}
