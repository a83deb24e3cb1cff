package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The write side of a store, for issuing. A call that returns has happened for good, and this process's
 * {@link #changes} have told of it; one that throws {@link Unavailable} may or may not have happened.
 */
public interface TokenRepository extends TokenStore {
    @Override
    default TokenRepository repository() {
        return this;
    }

    /**
     * Adds a token.
     *
     * @param now the moment at which names are compared
     * @return false, and nothing is added, when the owner has an active token of that name or the id exists
     */
    boolean add(StoredToken token, Instant now) throws Unavailable;

    /** The token with this id, whatever its state; null when there is none. */
    @Nullable StoredToken get(String id) throws Unavailable;

    /** All tokens, the newest first. */
    List<AccessToken> list() throws Unavailable;

    /**
     * Revokes a token for good. A token that was revoked before stays as it was.
     *
     * @return the token as it is now; null when there is none with this id
     */
    @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable;

    /**
     * Removes a token, so that it can never work again.
     *
     * @return whether it was there
     */
    boolean delete(String id) throws Unavailable;
}
