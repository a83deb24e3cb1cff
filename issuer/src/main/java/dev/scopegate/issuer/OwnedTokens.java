package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.AccessTokenBuilder;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one kind that people own, and what may be done with them by whom: everything that personal tokens and API
 * keys have in common. Immutable and safe for any number of threads.
 */
final class OwnedTokens {
    /** What lets a token see and change its owner's tokens. */
    static final String MANAGE = "tokens.manage";

    private static final int TRIES = 8;

    private final TokenKind kind;
    private final Scopegate scopegate;
    private final TokenRepository tokens;
    private final Rules rules;
    private final Width width;
    private final boolean adminOnly;
    private final Clock clock;

    OwnedTokens(TokenKind kind, Scopegate scopegate, Predicate<String> administrators, boolean adminOnly, Clock clock) {
        this.kind = kind;
        this.scopegate = scopegate;
        this.tokens = Objects.requireNonNull(scopegate.repository(), "the store keeps no tokens");
        this.rules = new Rules(scopegate.catalog(), administrators);
        this.width = new Width(scopegate.catalog(), scopegate.check());
        this.adminOnly = adminOnly;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static boolean isActive(AccessToken token, Instant now) {
        return token.statusAt(now.toEpochMilli()) == TokenStatus.ACTIVE;
    }

    /** Whether a store may be asked for this id at all: 14 letters or digits. */
    static boolean isId(String text) {
        return text.length() == 14 && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    }

    NewToken mint(User by, TokenDraft draft) throws AccessDenied, Unavailable {
        BearerToken plain = scopegate.format().mint(kind);
        String id = Objects.requireNonNull(plain.id());
        NewToken minted = new NewToken(checked(by, draft, id, scopegate.format().hint(kind, id)), plain);
        add(StoredToken.of(minted));
        return minted;
    }

    /** The facts of a token that this user may make so; nothing is stored. */
    AccessToken checked(User by, TokenDraft draft, String id, String hint) throws AccessDenied {
        mayChange(by);
        String owner = draft.owner() == null ? by.name() : draft.owner();
        if (!by.administrator() && !owner.equals(by.name())) throw new AccessDenied(Problem.permissionDenied());
        AccessToken facts = facts(id, hint, owner, by, draft, now());
        width.check(facts, by.bounds());
        return facts;
    }

    void add(StoredToken token) throws AccessDenied, Unavailable {
        if (!tokens.add(token, token.token().createdAt())) throw nameTaken();
    }

    private AccessToken facts(String id, String hint, String owner, User by, TokenDraft draft, Instant now)
            throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        rules.owner(owner, errors);
        AccessTokenBuilder facts = AccessToken.builder(kind, id, rules.name(draft.name(), errors), owner)
                .createdBy(by.name())
                .createdAt(now)
                .hint(hint)
                .scopes(rules.scopes(draft.scopes(), owner, by, errors));
        List<String> resources = draft.resources();
        facts.resources(resources == null ? by.bounds().resources() : rules.resources(resources, errors));
        List<String> networks = draft.allowedNetworks();
        facts.allowedNetworks(
                networks == null ? by.bounds().networks() : Rules.networks("allowed_networks", networks, errors));
        Instant end = draft.expiresAt();
        facts.expiresAt(end == null ? by.bounds().expiresAt() : rules.expiresAt(expiresAt(), end, now, errors));
        errors.check();
        return facts.build();
    }

    /** What the expiry is called in requests. */
    private String expiresAt() {
        return kind == TokenKind.JWT ? "expiration_time" : "expires_at";
    }

    TokenPage page(User by, TokenQuery query, @Nullable TokenCursor after, int size) throws AccessDenied, Unavailable {
        mayLook(by);
        if (!by.administrator() && !by.name().equals(query.owner())) {
            throw new AccessDenied(Problem.permissionDenied());
        }
        return tokens.page(query.kind(kind), after, size, clock.instant());
    }

    /** The token, if this user may see it. */
    StoredToken find(User by, String id) throws AccessDenied, Unavailable {
        mayLook(by);
        StoredToken found = isId(id) ? tokens.get(id) : null;
        boolean visible = found != null
                && found.token().kind() == kind
                && (by.administrator() || found.token().owner().equals(by.name()));
        if (!visible) throw new AccessDenied(Problem.notFound());
        return Objects.requireNonNull(found);
    }

    /** The token, if this user may change it. */
    StoredToken findToChange(User by, String id) throws AccessDenied, Unavailable {
        mayChange(by);
        return find(by, id);
    }

    AccessToken edit(User by, String id, TokenEdit edit) throws AccessDenied, Unavailable {
        for (int tries = 0; tries < TRIES; tries++) {
            StoredToken present = findToChange(by, id);
            AccessToken edited = edited(present.token(), by, edit);
            if (!isActive(present.token(), now())) throw new AccessDenied(Problem.tokenInactive());
            width.check(edited, present.token(), by.bounds());
            if (replaced(present, present.with(edited))) return edited;
        }
        throw new AccessDenied(Problem.ofStatus(409));
    }

    private AccessToken edited(AccessToken present, User by, TokenEdit edit) throws AccessDenied {
        FieldErrors errors = new FieldErrors();
        AccessTokenBuilder facts = present.toBuilder();
        if (edit.name() != null) facts.name(rules.name(edit.name(), errors));
        if (edit.scopes() != null) facts.scopes(rules.scopes(edit.scopes(), present.owner(), by, errors));
        if (edit.resources() != null) facts.resources(rules.resources(edit.resources(), errors));
        if (edit.allowedNetworks() != null)
            facts.allowedNetworks(Rules.networks("allowed_networks", edit.allowedNetworks(), errors));
        errors.check();
        return facts.build();
    }

    /**
     * The token, if this user may give it another secret. Whoever does that gets to use the token, so it must not be wider than
     * what they have.
     */
    StoredToken findToRenew(User by, String id) throws AccessDenied, Unavailable {
        StoredToken present = findToChange(by, id);
        if (!isActive(present.token(), now())) throw new AccessDenied(Problem.tokenInactive());
        width.check(present.token(), by.bounds());
        return present;
    }

    /**
     * Gives the token another secret.
     *
     * @param graceEnd until when the present secret goes on working; null: not at all
     */
    NewToken renew(StoredToken present, @Nullable Instant graceEnd) throws AccessDenied, Unavailable {
        String id = present.token().id();
        NewToken renewed = new NewToken(present.token(), scopegate.format().mint(kind, id));
        StoredToken.Secret fresh = new StoredToken.Secret(renewed.hash(), null);
        StoredToken.Secret old = new StoredToken.Secret(present.secrets().get(0).hash(), graceEnd);
        List<StoredToken.Secret> secrets = graceEnd == null ? List.of(fresh) : List.of(fresh, old);
        if (!replaced(present, new StoredToken(present.token(), secrets))) {
            throw new AccessDenied(Problem.ofStatus(409));
        }
        return renewed;
    }

    /** False: somebody else has changed it meanwhile. */
    private boolean replaced(StoredToken expected, StoredToken changed) throws AccessDenied, Unavailable {
        return switch (tokens.replace(expected, changed, clock.instant())) {
            case DONE -> true;
            case CONFLICT -> false;
            case NAME_TAKEN -> throw nameTaken();
            case ABSENT -> throw new AccessDenied(Problem.notFound());
        };
    }

    AccessToken revoke(User by, String id) throws AccessDenied, Unavailable {
        findToChange(by, id);
        AccessToken revoked = tokens.revoke(id, now(), by.name());
        if (revoked == null) throw new AccessDenied(Problem.notFound());
        return revoked;
    }

    private void mayLook(User by) throws AccessDenied {
        if (adminOnly && !by.administrator()) throw new AccessDenied(Problem.permissionDenied());
    }

    private void mayChange(User by) throws AccessDenied {
        if (!by.mayManage()) {
            throw new AccessDenied(
                    Problem.insufficientScope(List.of(MANAGE), by.bounds().scopes()));
        }
        mayLook(by);
    }

    private static AccessDenied nameTaken() {
        FieldErrors errors = new FieldErrors();
        errors.taken("name");
        return errors.denied();
    }
}
