package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes API keys and manages them, for whoever asks, as {@link TokenIssuer} does for tokens. A key's id is the key, its
 * secret is shown once; what is done to a key is done to all that was minted from it. Immutable and safe for any number of
 * threads.
 */
public final class ApiKeys {
    private final OwnedTokens owned;
    private final TokenRepository tokens;
    private final Minted minted;
    private final IssuerEvents events;

    /** As {@link TokenIssuer#TokenIssuer}. */
    public ApiKeys(Scopegate scopegate, Predicate<String> administrators, boolean adminOnly, Clock clock) {
        this.owned = new OwnedTokens(TokenKind.API_KEY_SECRET, scopegate, administrators, adminOnly, clock);
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.minted = new Minted(tokens, clock);
        this.events = new IssuerEvents(scopegate.listener(), clock);
    }

    /** Makes a key; the answer alone holds its secret. */
    public NewToken create(User by, TokenDraft draft) throws AccessDenied, Unavailable {
        return events.of(
                AuditType.TOKEN_MINTED,
                by,
                () -> owned.mint(by, draft),
                null,
                made -> made.facts().id());
    }

    /** One page of the keys that fit; everybody's, or another's, for administrators alone. */
    public TokenPage list(User by, TokenQuery query, @Nullable TokenCursor after, int size)
            throws AccessDenied, Unavailable {
        return events.guarded(by, null, () -> owned.page(by, query, after, size));
    }

    /** The key of that id; one that is not the user's to see is as absent. */
    public AccessToken get(User by, String id) throws AccessDenied, Unavailable {
        return events.guarded(by, id, () -> owned.find(by, id).token());
    }

    /** Changes a key that is active, and what was minted from it; effective when this returns. */
    public AccessToken edit(User by, String id, TokenEdit edit) throws AccessDenied, Unavailable {
        AccessToken edited = events.of(AuditType.TOKEN_EDITED, by, id, () -> owned.edit(by, id, edit));
        minted.bind(id);
        return edited;
    }

    /**
     * Gives an active key another secret; the old one and all that was minted from it are dead when this returns. When it
     * throws {@link Unavailable}, what was minted may be dead already, and calling it again does the rest.
     */
    public NewToken renewSecret(User by, String id) throws AccessDenied, Unavailable {
        NewToken renewed = events.of(AuditType.TOKEN_ROTATED, by, id, () -> {
            StoredToken present = owned.findToRenew(by, id);
            // before the secret, which nobody sees if this fails, and after it for what was minted in between
            tokens.revokeAllOf(id, owned.now(), by.name());
            return owned.renew(present, null);
        });
        tokens.revokeAllOf(id, owned.now(), by.name());
        return renewed;
    }

    /** Removes a key; all that was minted from it is dead when this returns. */
    public void delete(User by, String id) throws AccessDenied, Unavailable {
        boolean unused = events.of(AuditType.TOKEN_DELETED, by, id, () -> {
            owned.revoke(by, id); // first, so that nothing is minted any more
            tokens.revokeAllOf(id, owned.now(), by.name());
            if (!tokens.delete(id)) throw new AccessDenied(Problem.notFound());
            return true;
        });
    }
}
