package dev.scopegate.cache;

import dev.scopegate.scope.ScopeSet;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import java.util.concurrent.ConcurrentHashMap;

/** The same set of scopes, held once however many tokens have it: a million tokens have few different ones. */
final class SharedScopes {
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<ScopeSet, ScopeSet> sets = new ConcurrentHashMap<>();

    /** The same token with the set that others have too; the order of the names is kept. */
    StoredToken shared(StoredToken found) {
        AccessToken token = found.token();
        ScopeSet own = token.scopes();
        ScopeSet held = sets.get(own);
        if (held == null) {
            if (sets.size() < MOST) sets.putIfAbsent(own, own);
            return found;
        }
        return held.toString().equals(own.toString())
                ? found.with(token.toBuilder().scopes(held).build())
                : found;
    }
}
