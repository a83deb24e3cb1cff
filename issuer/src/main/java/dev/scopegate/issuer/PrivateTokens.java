package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes long-lived JWTs, lists and ends them, for whoever asks, as {@link TokenIssuer} does for tokens. What is kept of one are its
 * facts: its signature proves it. Immutable and safe for any number of threads.
 */
public final class PrivateTokens {
    private static final int PAGE = 200;
    private static final String HINT = "eyJ…";

    private final Scopegate scopegate;
    private final OwnedTokens owned;
    private final TokenRepository tokens;
    private final Denylist denylist;
    private final JwtMint mint;
    private final IssuerEvents events;

    PrivateTokens(
            Scopegate scopegate,
            Denylist denylist,
            JwtMint mint,
            Predicate<String> administrators,
            boolean adminOnly,
            Clock clock) {
        this.scopegate = scopegate;
        this.owned = new OwnedTokens(TokenKind.JWT, scopegate, administrators, adminOnly, clock);
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.denylist = denylist;
        this.mint = mint;
        this.events = new IssuerEvents(scopegate.listener(), clock);
    }

    /** Makes a token, which must have an end; the answer alone holds the token itself. */
    public NewToken create(User by, TokenDraft draft) throws AccessDenied, Unavailable {
        return events.of(
                AuditType.TOKEN_MINTED,
                by,
                () -> made(by, draft),
                null,
                created -> created.facts().id());
    }

    private NewToken made(User by, TokenDraft draft) throws AccessDenied, Unavailable {
        if (draft.expiresAt() == null) throw wrong("expiration_time", "A private token expires.");
        String id =
                Objects.requireNonNull(scopegate.format().mint(TokenKind.ACCESS).id());
        AccessToken facts = owned.checked(by, draft, id, HINT);
        if (!JwtMint.isVisible(facts.owner())) throw wrong("owner", "A name without invisible characters.");
        String jwt = mint.sign(facts);
        if (jwt == null) throw wrong("scopes", "Fewer scopes, resources and networks: they do not fit into one token.");
        owned.add(StoredToken.identifiedAsWhole(facts));
        return new NewToken(facts, Objects.requireNonNull(scopegate.format().read(jwt)));
    }

    private static AccessDenied wrong(String attr, String rule) {
        FieldErrors errors = new FieldErrors();
        errors.invalid(attr, rule);
        return errors.denied();
    }

    /** All of the user's own whose names begin so and that are not revoked, the newest first. */
    public List<AccessToken> list(User by, String namePrefix) throws AccessDenied, Unavailable {
        return events.guarded(by, null, () -> listed(by, namePrefix));
    }

    private List<AccessToken> listed(User by, String namePrefix) throws AccessDenied, Unavailable {
        TokenQuery query = TokenQuery.of(by.name()).namePrefix(namePrefix);
        List<AccessToken> all = new ArrayList<>();
        @Nullable TokenCursor next = null;
        do {
            TokenPage page = owned.page(by, query, next, PAGE);
            page.tokens().stream().filter(token -> token.revokedAt() == null).forEach(all::add);
            next = page.next();
        } while (next != null);
        return all;
    }

    /** Removes a token, which is dead on every node when this returns. */
    public void delete(User by, String id) throws AccessDenied, Unavailable {
        boolean unused = events.of(AuditType.TOKEN_DELETED, by, id, () -> {
            AccessToken token = owned.findToChange(by, id).token();
            Instant end = Objects.requireNonNull(token.expiresAt());
            denylist.deny(id, end);
            if (!tokens.delete(id)) throw new AccessDenied(Problem.notFound());
            return true;
        });
    }
}
