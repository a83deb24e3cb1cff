package dev.scopegate.sample.hub;

import dev.scopegate.access.ResourceDecision;
import dev.scopegate.sample.data.Dataset;
import dev.scopegate.sample.data.Datasets;
import dev.scopegate.token.AccessToken;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do with a dataset: the lesser of what the token's scopes say and what its owner has access to.
 * Immutable and safe for any number of threads.
 */
public final class DatasetAccess {
    /** The owner who has access to what is public and nothing else. Everybody else has access to everything. */
    static final String VISITOR = "visitor";

    private static final String PUBLIC = "public";

    private final Datasets datasets;
    private final BiPredicate<AccessToken, String> grants;

    /** What somebody wants to do with a dataset, each with the scope it takes where the dataset is not open that far. */
    enum Use {
        /** Know that it exists, what it is called, its licence and size. */
        OVERVIEW("data.overview"),
        /** See its variables and their statistics. */
        METADATA("data.metadata"),
        /** Read its rows. */
        DATA("data.data"),
        /** Change it. Nothing is open to that. */
        EDIT("data.edit");

        private final String scope;

        Use(String scope) {
            this.scope = scope;
        }

        /** The use that takes the scope {@code data.} with that name; null for none. */
        static @Nullable Use of(String name) {
            String scope = "data." + name;
            for (Use use : values()) {
                if (use.scope.equals(scope)) return use;
            }
            return null;
        }
    }

    /**
     * Access to these datasets.
     *
     * @param grants whether a token has a scope, or one that implies it
     */
    DatasetAccess(Datasets datasets, BiPredicate<AccessToken, String> grants) {
        this.datasets = datasets;
        this.grants = grants;
    }

    /** The dataset of that id, for a caller whom the guard let through to it. */
    public Dataset get(String id) {
        Dataset dataset = datasets.find(id);
        if (dataset == null) throw new IllegalStateException("a dataset was reached that is not there");
        return dataset;
    }

    /** Whether the caller may use the dataset so, or why not: absent or invisible, scope too small, owner without access. */
    ResourceDecision decide(AccessToken token, String id, Use use) {
        Dataset dataset = datasets.find(id);
        if (dataset == null || !sees(token, dataset)) return ResourceDecision.hidden();
        String scope = scopeFor(dataset, use);
        if (!grants.test(token, scope)) return ResourceDecision.tooSmall(scope);
        return ownerHas(token, scope) ? ResourceDecision.ok(DatasetGuard.DATASET + id) : ResourceDecision.denied();
    }

    /** Whether the caller may know that the dataset exists. */
    private boolean sees(AccessToken token, Dataset dataset) {
        String scope = scopeFor(dataset, Use.OVERVIEW);
        return grants.test(token, scope) && ownerHas(token, scope);
    }

    /** The datasets that the caller may know of, by id. */
    public List<Dataset> visible(AccessToken token) {
        return datasets.all().stream().filter(one -> sees(token, one)).toList();
    }

    private static boolean ownerHas(AccessToken token, String scope) {
        return scope.equals(PUBLIC) || !token.owner().equals(VISITOR);
    }

    private static String scopeFor(Dataset dataset, Use use) {
        boolean open = switch (dataset.openness()) {
            case OPEN -> use != Use.EDIT;
            case DATA_CLOSED -> use == Use.OVERVIEW || use == Use.METADATA;
            case HIDDEN -> false;
        };
        return open ? PUBLIC : use.scope;
    }
}
