package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.ForwardingTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.BearerToken;
import org.jspecify.annotations.Nullable;

/** A store in which the token of a sign-in is unknown once its user is gone or has another password. */
final class StandingSignIns extends ForwardingTokenStore {
    private final UserDirectory users;

    StandingSignIns(TokenStore store, UserDirectory users) {
        super(store);
        this.users = users;
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        return standing(super.find(presented));
    }

    @Override
    public @Nullable StoredToken findLive(BearerToken presented) throws Unavailable {
        return standing(super.findLive(presented));
    }

    private @Nullable StoredToken standing(@Nullable StoredToken found) throws Unavailable {
        boolean fallen = found != null && Login.isOf(found.token()) && !Login.stands(found.token(), users);
        return fallen ? null : found;
    }
}
