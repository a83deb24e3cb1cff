package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The write side of a store, for issuing. A call that returns has happened for good, and this process's
 * {@link #changes} have told of it; one that throws {@link Unavailable} may or may not have happened.
 */
public interface TokenRepository extends TokenStore {
    /** What became of a {@link #replace}. */
    enum Replacement {
        DONE,
        /** The token is revoked, or not what was expected any more. */
        CONFLICT,
        /** Its owner has another active token of the new name. */
        NAME_TAKEN,
        /** There is no token with this id. */
        ABSENT
    }

    @Override
    default TokenRepository repository() {
        return this;
    }

    /**
     * Adds a token; one that is dead already, as an import brings, needs no name of its own.
     *
     * @param now the moment at which names are compared
     * @return false, and nothing is added, when the owner has an active token of that name or the id exists
     */
    boolean add(StoredToken token, Instant now) throws Unavailable;

    /** The token with this id, whatever its state; null when there is none. */
    @Nullable StoredToken get(String id) throws Unavailable;

    /**
     * One page of the tokens that fit.
     *
     * @param after where the page begins; null: at the beginning
     * @param size how many it holds at most; at least 1
     * @param now the moment at which their status is looked at
     */
    TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) throws Unavailable;

    /**
     * Puts a token in the place of what it was, if it is that still: an edit or a rotation of which one wins when several
     * are made at once, and none after a revocation. When and from where it was last used does not count, and stays.
     *
     * @param expected what was read before
     * @param changed the same token (id, kind, owner), otherwise
     * @param now the moment at which names are compared
     */
    Replacement replace(StoredToken expected, StoredToken changed, Instant now) throws Unavailable;

    /**
     * Revokes a token for good. A token that was revoked before stays as it was.
     *
     * @return the token as it is now; null when there is none with this id
     */
    @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable;

    /**
     * Revokes every token minted from an API key or in a refresh family, for good.
     *
     * @return how many were not revoked before
     */
    int revokeAllOf(String parent, Instant at, String by) throws Unavailable;

    /**
     * Removes a token, so that it can never work again.
     *
     * @return whether it was there
     */
    boolean delete(String id) throws Unavailable;

    /**
     * Removes tokens that were revoked, or expired, before a moment. Since they are dead already, no change is told.
     *
     * @param most how many at most
     * @return how many
     */
    int purge(Instant deadBefore, int most) throws Unavailable;

    /** Where the service's nodes share what became of refresh tokens; null where the store does not keep that. */
    default @Nullable GrantRepository grants() {
        return null;
    }

    /** Where the service's nodes share the keys that they sign with; null where the store does not keep that. */
    default @Nullable KeyRing keyRing() {
        return null;
    }

    /** Keeps when and from where tokens were last let in, if that is later than what is kept. No change is told. */
    void used(Collection<TokenUse> uses) throws Unavailable;
}
