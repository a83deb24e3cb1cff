package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Mints personal tokens and manages them, for whoever asks, within what that user may do and has. What may not be is an
 * {@link AccessDenied} with the problem that the REST interface answers; nothing is changed then. Immutable and safe for any
 * number of threads.
 */
public final class TokenIssuer {
    /** How long the old secret of a rotated token may go on working. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(1);

    private final OwnedTokens owned;
    private final TokenRepository tokens;
    private final IssuerEvents events;

    /**
     * An issuer over the repository of an application.
     *
     * @param administrators which owners may have a token with the scope {@code admin}
     * @param adminOnly whether only administrators may do anything here
     */
    public TokenIssuer(Scopegate scopegate, Predicate<String> administrators, boolean adminOnly, Clock clock) {
        this.owned = new OwnedTokens(TokenKind.PERSONAL, scopegate, administrators, adminOnly, clock);
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.events = new IssuerEvents(scopegate.listener(), clock);
    }

    /** Makes a token and stores its hash; the answer alone holds the token itself. */
    public NewToken mint(User by, TokenDraft draft) throws AccessDenied, Unavailable {
        return events.of(
                AuditType.TOKEN_MINTED,
                by,
                () -> owned.mint(by, draft),
                null,
                minted -> minted.facts().id());
    }

    /** One page of the tokens that fit; everybody's, or another's, for administrators alone. */
    public TokenPage list(User by, TokenQuery query, @Nullable TokenCursor after, int size)
            throws AccessDenied, Unavailable {
        return events.guarded(by, null, () -> owned.page(by, query, after, size));
    }

    /** The token of that id, whatever its state; one that is not the user's to see is as absent. */
    public AccessToken get(User by, String id) throws AccessDenied, Unavailable {
        return events.guarded(by, id, () -> owned.find(by, id).token());
    }

    /** Changes a token that is active; effective when this returns. */
    public AccessToken edit(User by, String id, TokenEdit edit) throws AccessDenied, Unavailable {
        return events.of(AuditType.TOKEN_EDITED, by, id, () -> owned.edit(by, id, edit));
    }

    /**
     * Gives an active token another secret. Of rotations at once one wins, the others are a {@code conflict}.
     *
     * @param grace how long the present secret goes on working, at most {@link #LONGEST_GRACE}; one that is in its grace
     *     already ends now
     */
    public NewToken rotate(User by, String id, Duration grace) throws AccessDenied, Unavailable {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            FieldErrors errors = new FieldErrors();
            errors.invalid("grace_seconds", "A whole number from 0 to 86400.");
            errors.check();
        }
        return events.of(
                AuditType.TOKEN_ROTATED,
                by,
                id,
                () -> owned.renew(
                        owned.findToRenew(by, id),
                        grace.isZero() ? null : owned.now().plus(grace)));
    }

    /** Ends a token for good; one that is revoked already stays as it was. */
    public AccessToken revoke(User by, String id) throws AccessDenied, Unavailable {
        return events.of(AuditType.TOKEN_REVOKED, by, id, () -> owned.revoke(by, id));
    }

    /** Removes a token, so that it can never work again and is not listed any more. */
    public void delete(User by, String id) throws AccessDenied, Unavailable {
        boolean unused = events.of(AuditType.TOKEN_DELETED, by, id, () -> {
            owned.findToChange(by, id);
            if (!tokens.delete(id)) throw new AccessDenied(Problem.notFound());
            return true;
        });
    }
}
