package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of refresh tokens, shared by the nodes of a service, so that each is exchanged once. A call that returns has
 * happened for good. Safe for any number of threads.
 */
public interface GrantRepository {
    /**
     * Adds a grant and forgets those whose refresh tokens have expired.
     *
     * @param now the moment that says which
     */
    void add(Grant grant, Instant now) throws Unavailable;

    /** The grant of this refresh token; null when there is none. */
    @Nullable Grant get(String refreshId) throws Unavailable;

    /**
     * Exchanges a refresh token. Of any number of callers, on any node, one is told that it did.
     *
     * @param sealed what it is exchanged for, for those who come at the same time
     * @param forgetBefore what was exchanged for any token before this moment is forgotten
     * @return false when it was exchanged before, or there is none
     */
    boolean redeem(String refreshId, Instant at, String sealed, Instant forgetBefore) throws Unavailable;

    /** All that came of one authentication. */
    List<Grant> family(String family) throws Unavailable;

    /** Removes the grant of a refresh token that was given to nobody. */
    void remove(String refreshId) throws Unavailable;
}
