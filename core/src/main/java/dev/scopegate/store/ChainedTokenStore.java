package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.BearerToken;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
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
        return stores.stream()
                .map(TokenStore::repository)
                .filter(one -> one != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Denylist denylist() {
        return stores.stream()
                .map(TokenStore::denylist)
                .filter(one -> one != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        stores.forEach(TokenStore::close);
    }
}
