package dev.scopegate.issuer;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was minted from API keys, held to what the keys are now. Whoever changes a key changes it first and what was minted
 * after that; whoever mints adds first and looks at the key after that: so one of the two sees the other.
 */
record Minted(TokenRepository tokens, Clock clock) {
    private static final int PAGE = 200;

    /** Gives everything alive of a key the key's present scopes, resources and networks. */
    void bind(String keyId) throws Unavailable {
        TokenQuery query = TokenQuery.all().parent(keyId).status(TokenStatus.ACTIVE);
        Instant now = clock.instant();
        TokenCursor next = null;
        do {
            TokenPage page = tokens.page(query, next, PAGE, now);
            for (AccessToken token : page.tokens()) bind(token.id(), keyId);
            next = page.next();
        } while (next != null);
    }

    private void bind(String id, String keyId) throws Unavailable {
        while (true) {
            // in this order: were the key read first, another's newer change could be undone
            StoredToken token = tokens.get(id);
            StoredToken key = tokens.get(keyId);
            if (token == null || key == null || isSame(token.token(), key.token())) return;
            StoredToken bound = token.with(as(token.token(), key.token()));
            if (tokens.replace(token, bound, clock.instant()) == TokenRepository.Replacement.DONE) return;
        }
    }

    static AccessToken as(AccessToken token, AccessToken key) {
        return token.toBuilder()
                .scopes(key.scopes())
                .resources(key.resources())
                .allowedNetworks(key.allowedNetworks())
                .build();
    }

    private static boolean isSame(AccessToken token, AccessToken key) {
        return as(token, key).equals(token);
    }

    /**
     * Whether what was just added stays: bound to the key as it is now, if the key still is alive and has the secret that it
     * was minted with; revoked if not.
     *
     * @param seen the key as it was when that was minted
     */
    boolean settle(StoredToken seen, String by, String... ids) throws Unavailable {
        String keyId = seen.token().id();
        for (String id : ids) bind(id, keyId);
        @Nullable StoredToken key = tokens.get(keyId);
        boolean stays = key != null
                && key.secrets().equals(seen.secrets())
                && OwnedTokens.isActive(key.token(), clock.instant());
        if (!stays) revoke(by, ids);
        return stays;
    }

    void revoke(String by, String... ids) throws Unavailable {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (String id : ids) tokens.revoke(id, now, by);
    }
}
