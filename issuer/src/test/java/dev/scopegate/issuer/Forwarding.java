package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenUse;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A store that does what another one does, for tests that change one thing. */
class Forwarding implements TokenRepository {
    final TokenRepository kept;

    Forwarding(TokenRepository kept) {
        this.kept = kept;
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        return kept.find(presented);
    }

    @Override
    public TokenChanges changes() {
        return kept.changes();
    }

    @Override
    public boolean add(StoredToken token, Instant now) throws Unavailable {
        return kept.add(token, now);
    }

    @Override
    public @Nullable StoredToken get(String id) throws Unavailable {
        return kept.get(id);
    }

    @Override
    public TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) throws Unavailable {
        return kept.page(query, after, size, now);
    }

    @Override
    public Replacement replace(StoredToken expected, StoredToken changed, Instant now) throws Unavailable {
        return kept.replace(expected, changed, now);
    }

    @Override
    public @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        return kept.revoke(id, at, by);
    }

    @Override
    public int revokeAllOf(String parent, Instant at, String by) throws Unavailable {
        return kept.revokeAllOf(parent, at, by);
    }

    @Override
    public boolean delete(String id) throws Unavailable {
        return kept.delete(id);
    }

    @Override
    public int purge(Instant deadBefore, int most) throws Unavailable {
        return kept.purge(deadBefore, most);
    }

    @Override
    public void used(Collection<TokenUse> uses) throws Unavailable {
        kept.used(uses);
    }
}
