package dev.scopegate.access;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * What the application itself says about a token and one of its resources, asked after the token's scopes and resources.
 * Safe for any number of threads.
 */
@FunctionalInterface
public interface ResourceGuard {
    /** The guard of an application that has nothing to say. */
    ResourceGuard NONE = (token, resource) -> ResourceDecision.ok(resource);

    /**
     * Decides whether the token's owner may see the resource.
     *
     * @param resource as the annotation's template gave it, such as {@code dataset:penguins}
     * @throws Unavailable when it cannot be told now
     */
    ResourceDecision decide(AccessToken token, String resource) throws Unavailable;

    /**
     * The resource that contains this one, such as {@code organization:demo} for {@code dataset:penguins}; null for none.
     * A token for the parent extends to its children.
     */
    default @Nullable String parentOf(String resource) {
        return null;
    }
}
