package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.time.Instant;

/**
 * The JWTs that may not be used any more though their signatures are good, shared by the nodes of a service. Named by the id
 * of the token's facts: its {@code jti}, preceded by {@code issuer|} where another issuer made it. Safe for any number of
 * threads.
 */
public interface Denylist {
    /** The longest time for which a JWT can still be let in after it has expired. */
    Duration LONGEST_SKEW = Duration.ofMinutes(5);

    /**
     * Denies a token for good. When this returns, this process has been told of it as {@link TokenChange.OfJti}, and the
     * other nodes hear of it as of any change.
     *
     * @param until when the token expires by itself; it is remembered at least {@link #LONGEST_SKEW} longer
     */
    void deny(String jti, Instant until) throws Unavailable;

    /**
     * Whether the token is denied.
     *
     * @throws Unavailable when that cannot be told
     */
    boolean denies(String jti) throws Unavailable;

    /** The denials that no store tells of by its own {@link TokenStore#changes}; none where the list is a store's. */
    default TokenChanges changes() {
        return listener -> {};
    }
}
