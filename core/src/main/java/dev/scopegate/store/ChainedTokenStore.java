package dev.scopegate.store;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.BearerToken;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several stores as one: the first that claims a token decides, finally. Safe for any number of threads. */
public final class ChainedTokenStore implements TokenStore {
    private final List<TokenStore> stores;

    /** The stores in the order in which they are asked, cheapest first. */
    public ChainedTokenStore(List<? extends TokenStore> stores) {
        if (stores.isEmpty()) throw new IllegalArgumentException("a chain has at least one store");
        this.stores = List.copyOf(stores);
    }

    private @Nullable TokenStore of(BearerToken presented) {
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).claims(presented)) return stores.get(i);
        }
        return null;
    }

    @Override
    public boolean claims(BearerToken presented) {
        return of(presented) != null;
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        TokenStore store = of(presented);
        return store == null ? null : store.find(presented);
    }

    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        TokenStore store = of(presented);
        return store == null ? null : store.findLive(presented);
    }

    @Override
    public TokenChanges changes() {
        return listener -> stores.forEach(store -> store.changes().subscribe(listener));
    }

    /** The worst of all. */
    @Override
    public StoreHealth health() {
        boolean available = true;
        Duration lag = Duration.ZERO;
        StringJoiner details = new StringJoiner("; ");
        for (TokenStore store : stores) {
            StoreHealth health = store.health();
            available &= health.available();
            if (health.changeLag().compareTo(lag) > 0) lag = health.changeLag();
            details.add(health.detail());
        }
        return new StoreHealth(available, lag, details.toString());
    }

    @Override
    public @Nullable TokenRepository repository() {
        return first(TokenStore::repository);
    }

    @Override
    public @Nullable Denylist denylist() {
        return first(TokenStore::denylist);
    }

    @Override
    public @Nullable ExportLedger exportLedger() {
        return first(TokenStore::exportLedger);
    }

    @Override
    public @Nullable ExportPolicyStore exportPolicies() {
        return first(TokenStore::exportPolicies);
    }

    @Override
    public @Nullable AuditLog auditLog() {
        return first(TokenStore::auditLog);
    }

    @Override
    public @Nullable NodeLocks nodeLocks() {
        return first(TokenStore::nodeLocks);
    }

    /** What the first store offers that offers it. */
    private <T> @Nullable T first(Function<TokenStore, @Nullable T> part) {
        for (TokenStore store : stores) {
            T offered = part.apply(store);
            if (offered != null) return offered;
        }
        return null;
    }

    @Override
    public void close() {
        stores.forEach(TokenStore::close);
    }
}
