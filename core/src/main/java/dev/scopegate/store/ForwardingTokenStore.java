package dev.scopegate.store;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.BearerToken;
import org.jspecify.annotations.Nullable;

/**
 * A store before another one, which does everything that this one does not do otherwise: what a decorator extends, lest it hide
 * what the other keeps besides tokens. As safe for threads as the other.
 */
public abstract class ForwardingTokenStore implements TokenStore {
    /** Who is asked. */
    protected final TokenStore store;

    protected ForwardingTokenStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public boolean claims(BearerToken presented) {
        return store.claims(presented);
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        return store.find(presented);
    }

    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        return store.findLive(presented);
    }

    @Override
    public TokenChanges changes() {
        return store.changes();
    }

    @Override
    public StoreHealth health() {
        return store.health();
    }

    @Override
    public @Nullable TokenRepository repository() {
        return store.repository();
    }

    @Override
    public @Nullable Denylist denylist() {
        return store.denylist();
    }

    @Override
    public @Nullable ExportLedger exportLedger() {
        return store.exportLedger();
    }

    @Override
    public @Nullable ExportPolicyStore exportPolicies() {
        return store.exportPolicies();
    }

    @Override
    public @Nullable AuditLog auditLog() {
        return store.auditLog();
    }

    @Override
    public @Nullable NodeLocks nodeLocks() {
        return store.nodeLocks();
    }

    @Override
    public void close() {
        store.close();
    }
}
