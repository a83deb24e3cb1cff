package dev.scopegate.issuer;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import org.jspecify.annotations.Nullable;

/** A store in which the token of a sign-in is unknown once its user is gone or has another password. */
record StandingSignIns(TokenStore store, UserDirectory users) implements TokenStore {
    @Override
    public boolean claims(BearerToken presented) {
        return store.claims(presented);
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        return standing(store.find(presented));
    }

    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        return standing(store.findLive(presented));
    }

    private @Nullable StoredToken standing(@Nullable StoredToken found) throws Unavailable {
        boolean fallen = found != null && Login.isOf(found.token()) && !Login.stands(found.token(), users);
        return fallen ? null : found;
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
