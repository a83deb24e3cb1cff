package dev.scopegate.store;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.BearerToken;
import org.jspecify.annotations.Nullable;

/**
 * Where enforcing looks tokens up: a presented token in, what is known of it out. Implementations are safe for any number
 * of threads and bound the time they wait for whatever stands behind them.
 *
 * <p>A store does not compare secrets of our own format: it answers with their hashes whatever the secret presented, and
 * {@link StoredToken#opensWith} decides in one place. Look-ups are shared by id, and those in the background present no
 * secret at all. Nor does it mind expiry and revocation, which are facts of the token.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * Whether tokens of this shape are this store's to decide. A store that says no is not asked further, and the answer
     * is 401 unless another store of a chain says yes. Always the same for the same token, quick, and touches nothing
     * outside. By default: tokens of our own format.
     */
    default boolean claims(BearerToken presented) {
        return presented.isOpaque();
    }

    /**
     * Looks up a presented token, ours by {@link BearerToken#id} alone: a store that also went by the kind would let anybody
     * who knows an id and presents it as another kind have the answer "unknown" remembered.
     *
     * @return what is known of it, revoked and expired tokens included; null for one that is unknown
     * @throws Unavailable when it cannot be told whether the token is known
     */
    @Nullable StoredToken find(BearerToken presented) throws Unavailable;

    /**
     * Looks up a presented token past every cache. An answer from here was read after the call began.
     *
     * @throws Unavailable when it cannot be told whether the token is known
     */
    default @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        return find(presented);
    }

    /** The changes of stored tokens that this process hears of; by default none, so that only time bounds staleness. */
    default TokenChanges changes() {
        return listener -> {};
    }

    /** Whether it can answer now, without asking it: what it learnt from the last requests and connections. */
    default StoreHealth health() {
        return StoreHealth.UP;
    }

    /** The write side, where there is one. */
    default @Nullable TokenRepository repository() {
        return null;
    }

    /** Where the service's nodes share which JWTs are revoked, if this store can keep that. */
    default @Nullable Denylist denylist() {
        return null;
    }

    /** Where the service's nodes sum up what was exported, if this store keeps that. */
    default @Nullable ExportLedger exportLedger() {
        return null;
    }

    /** Where export policies are kept that hold for all nodes, if this store keeps them. */
    default @Nullable ExportPolicyStore exportPolicies() {
        return null;
    }

    /** Where the service's nodes keep what happened, if this store keeps that. */
    default @Nullable AuditLog auditLog() {
        return null;
    }

    /** By which the service's nodes take turns; null: this process is taken for the only one. */
    default @Nullable NodeLocks nodeLocks() {
        return null;
    }

    /** Frees what the store holds; it is not used afterwards. */
    @Override
    default void close() {}
}
