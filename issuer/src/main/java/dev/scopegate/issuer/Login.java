package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a name and a password for an hour's JWT, which stands for the user, and a refresh token for the next. Whatever is
 * wrong is the same {@code authentication_failed}. Refresh tokens are exchanged as {@link KeyExchange} does. Immutable but for its
 * counters; safe for any number of threads.
 */
public final class Login {
    /** What the parent of all begins with that came of a sign-in; which password it was, and the user's name, follow. */
    static final String PARENT = "login:";

    private static final Duration ACCESS_LIFE = Duration.ofHours(1);
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);
    private static final Duration REPEATABLE = Duration.ofSeconds(10);
    private static final String REPLAYED = "refresh-token-replayed";
    private static final String OVERTAKEN = "sign-in-ended";
    private static final String UNKNOWN = "unknown";
    private static final String REPLAY = "refresh_replayed";

    private final Scopegate scopegate;
    private final TokenRepository tokens;
    private final GrantRepository grants;
    private final Families families;
    private final UserDirectory users;
    private final JwtMint mint;
    private final SealedAnswer sealed;
    private final Predicate<String> administrators;
    private final Clock clock;
    private final SignInThrottle throttle;
    private final Guesses guesses;
    private final IssuerEvents events;

    /** Who signed in, and with what the client goes on. */
    public record Session(UserDirectory.Entry user, TokenPair pair) {}

    /** Two tokens that nobody has yet; the access token is a JWT. */
    private record Made(AccessToken access, String jwt, NewToken refresh) {
        String refreshId() {
            return refresh.facts().id();
        }

        TokenPair pair() {
            return new TokenPair(jwt, Objects.requireNonNull(access.expiresAt()), refresh.reveal());
        }
    }

    Login(
            Scopegate scopegate,
            GrantRepository grants,
            Denylist denylist,
            UserDirectory users,
            JwtMint mint,
            SealedAnswer sealed,
            Predicate<String> administrators,
            Guesses guesses,
            Clock clock) {
        this.scopegate = scopegate;
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.grants = grants;
        this.families = new Families(tokens, grants, denylist);
        this.users = users;
        this.mint = mint;
        this.sealed = sealed;
        this.administrators = administrators;
        this.clock = clock;
        this.throttle = new SignInThrottle(clock);
        this.guesses = guesses;
        this.events = new IssuerEvents(scopegate.listener(), clock);
    }

    /**
     * The user with this password.
     *
     * @throws AccessDenied {@code throttled} after ten failures of a name from an address, or thirty of an address, within a
     *     minute, or fifty of a name from wherever it has not signed in before; otherwise {@code authentication_failed}
     */
    public UserDirectory.Entry check(String name, String password, ClientAddress from)
            throws AccessDenied, Unavailable {
        SignInThrottle.Guess guess;
        try {
            guess = throttle.count(name, from);
        } catch (AccessDenied e) {
            tellRefused(name, e.problem().code(), e.problem().code(), from);
            throw e;
        }
        UserDirectory.Entry user;
        try {
            user = users.authenticate(name, password);
        } catch (Unavailable | RuntimeException e) {
            guess.isUndecided();
            throw e;
        }
        if (user == null) {
            tellRefused(name, "wrong_password", UNKNOWN, from);
            throw failed();
        }
        guess.isRight();
        events.login(user.name(), null, from);
        return user;
    }

    /** Names nobody who does not exist: people type passwords where names belong. */
    private void tellRefused(String name, String why, String whyNobody, ClientAddress from) throws Unavailable {
        if (!events.isHeard()) return;
        UserDirectory.Entry named = users.find(name);
        events.loginRefused(named == null ? whyNobody : why, named == null ? null : named.name(), null, from);
    }

    /** A first pair of tokens for a name and a password. */
    public Session login(String name, String password, ClientAddress from) throws AccessDenied, Unavailable {
        UserDirectory.Entry user = check(name, password, from);
        Made made = make(user);
        store(made, made.refreshId());
        tellMinted(made, from);
        return new Session(user, made.pair());
    }

    /**
     * The next pair of tokens.
     *
     * @throws AccessDenied {@code throttled} after three hundred failures of an address within a minute
     */
    public Session refresh(String refreshToken, ClientAddress from) throws AccessDenied, Unavailable {
        return guesses.counted(from, () -> refreshed(refreshToken, from));
    }

    private Session refreshed(String refreshToken, ClientAddress from) throws AccessDenied, Unavailable {
        BearerToken presented = scopegate.format().readOwn(refreshToken);
        String id = presented == null ? null : presented.id();
        if (presented == null || id == null) throw failed(new Attempt(null, null, from), "ill_formed");
        StoredToken refresh = tokens.get(id);
        if (refresh == null) throw failed(new Attempt(null, id, from), UNKNOWN);
        if (!refresh.opensWith(presented, clock.millis())) throw failed(new Attempt(null, id, from), "wrong_secret");
        Attempt attempt = new Attempt(refresh.token().owner(), id, from);
        if (!isAlive(refresh)) throw failed(attempt, whyDead(refresh.token()));
        UserDirectory.Entry user = users.find(refresh.token().owner());
        Grant grant = grants.get(id);
        if (user == null) throw failed(attempt, "user_gone");
        if (grant == null) throw failed(attempt, UNKNOWN);
        if (!parentOf(user).equals(refresh.token().parent())) throw failed(attempt, "password_changed");
        Instant now = now();
        if (grant.redeemedAt() != null) return again(user, grant, presented, now, attempt);
        Made made = make(user);
        store(made, grant.family());
        String answer = sealed.seal(made.pair(), presented);
        if (!grants.redeem(id, now, answer, now.minus(REPEATABLE))) {
            discard(made); // another was first, and what it got is the answer
            Grant redeemed = grants.get(id);
            if (redeemed == null) throw failed(attempt, UNKNOWN);
            return again(user, redeemed, presented, now, attempt);
        }
        Session session = stays(grant, new Session(user, made.pair()), attempt);
        tellMinted(made, from);
        return session;
    }

    /**
     * A store of our own JWTs in which those of sign-ins are unknown once their user is gone or has another password. It asks
     * the directory whenever it is asked for such a token; a cache before it goes on with what it has for its time.
     */
    public static TokenStore standing(TokenStore own, UserDirectory users) {
        return new StandingSignIns(own, users);
    }

    /** Whether a token came of a sign-in, so that it stands for its user. */
    static boolean isOf(AccessToken token) {
        String parent = token.parent();
        return token.kind() == TokenKind.JWT && parent != null && parent.startsWith(PARENT);
    }

    /** By the password that was compared, not by a clock: a sign-in may be under way while the password changes. */
    private static String parentOf(UserDirectory.Entry user) {
        return PARENT + user.since().toEpochMilli() + ":" + user.name();
    }

    /** Whether a token that came of a sign-in still stands for its user, who may have another password by now, or be gone. */
    boolean stands(AccessToken token) throws Unavailable {
        return stands(token, users);
    }

    static boolean stands(AccessToken token, UserDirectory users) throws Unavailable {
        UserDirectory.Entry user = users.find(token.owner());
        return user != null && parentOf(user).equals(token.parent());
    }

    private boolean isAlive(StoredToken stored) {
        AccessToken token = stored.token();
        String parent = token.parent();
        return token.kind() == TokenKind.REFRESH
                && parent != null
                && parent.startsWith(PARENT)
                && OwnedTokens.isActive(token, clock.instant());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Made make(UserDirectory.Entry user) throws Unavailable {
        String name = user.name();
        Instant now = now();
        BearerToken plain = scopegate.format().mint(TokenKind.REFRESH);
        String refreshId = Objects.requireNonNull(plain.id());
        AccessToken refresh = AccessToken.builder(TokenKind.REFRESH, refreshId, "sign-in " + refreshId, name)
                .createdAt(now)
                .expiresAt(now.plus(REFRESH_LIFE))
                .parent(parentOf(user))
                .hint(scopegate.format().hint(TokenKind.REFRESH, refreshId))
                .build();
        String jti =
                Objects.requireNonNull(scopegate.format().mint(TokenKind.ACCESS).id());
        AccessToken access = AccessToken.builder(TokenKind.JWT, jti, "sign-in", name)
                .scopes(scopesOf(name))
                .createdAt(now)
                .expiresAt(now.plus(ACCESS_LIFE))
                .parent(parentOf(user))
                .build();
        String jwt = mint.sign(access);
        if (jwt == null) throw new IllegalStateException("the catalog's scopes do not fit into a JWT");
        return new Made(access, jwt, new NewToken(refresh, plain));
    }

    /** All that the user may do, without what the rest implies. */
    private List<String> scopesOf(String name) {
        ScopeSet all = Bounds.everything(scopegate.catalog(), administrators.test(name))
                .scopes();
        List<String> widest = all.stream()
                .filter(scope -> all.stream()
                        .noneMatch(other -> !other.equals(scope)
                                && scopegate.catalog().grants(ScopeSet.of(other), scope)
                                && !scopegate.catalog().grants(ScopeSet.of(scope), other)))
                .toList();
        return List.copyOf(scopegate.catalog().withDefaults(widest));
    }

    /** The grant comes last: whoever ends a family finds the tokens of every grant that it reads. */
    private void store(Made made, String family) throws Unavailable {
        AccessToken refresh = made.refresh().facts();
        if (!tokens.add(StoredToken.of(made.refresh()), refresh.createdAt())) {
            throw new Unavailable("a random id was taken", null);
        }
        Instant end = Objects.requireNonNull(refresh.expiresAt());
        grants.add(Grant.of(refresh.id(), made.access().id(), family, end), refresh.createdAt());
    }

    private void discard(Made made) throws Unavailable {
        tokens.delete(made.refreshId());
        grants.remove(made.refreshId());
    }

    private void tellMinted(Made made, ClientAddress from) {
        AccessToken access = made.access();
        events.told(AuditType.TOKEN_MINTED, access.owner(), access.id(), from, null);
    }

    private Session again(UserDirectory.Entry user, Grant grant, BearerToken presented, Instant now, Attempt attempt)
            throws AccessDenied, Unavailable {
        Instant redeemed = grant.redeemedAt();
        String answer = grant.sealedAnswer();
        if (redeemed != null && now.isAfter(redeemed.plus(REPEATABLE))) {
            families.revoke(grant.family(), now, REPLAYED);
            events.told(AuditType.TOKEN_REVOKED, null, grant.refreshId(), attempt.from(), REPLAY);
            throw failed(attempt, REPLAY);
        }
        if (answer == null) throw failed(attempt, REPLAY); // forgotten by a node whose clock is ahead
        return stays(grant, new Session(user, sealed.open(answer, presented)), attempt);
    }

    /** The session, unless its family has been ended while it was made. */
    private Session stays(Grant grant, Session session, Attempt attempt) throws AccessDenied, Unavailable {
        @Nullable StoredToken refresh = tokens.get(grant.refreshId());
        if (refresh != null && isAlive(refresh)) {
            events.login(session.user().name(), attempt.refreshId(), attempt.from());
            return session;
        }
        families.revoke(grant.family(), now(), OVERTAKEN);
        throw failed(attempt, TokenStatus.REVOKED.wireName());
    }

    /** Why a refresh token whose secret is right opens nothing. */
    private String whyDead(AccessToken token) {
        TokenStatus status = token.statusAt(clock.millis());
        return status == TokenStatus.ACTIVE ? "wrong_kind" : status.wireName();
    }

    /**
     * Who tries to get the next pair, for the log alone.
     *
     * @param user whose refresh token it is, if what was given is its secret
     * @param refreshId the refresh token's, as it was given
     */
    private record Attempt(@Nullable String user, @Nullable String refreshId, ClientAddress from) {}

    private AccessDenied failed(Attempt attempt, String why) {
        events.loginRefused(why, attempt.user(), attempt.refreshId(), attempt.from());
        return failed();
    }

    private static AccessDenied failed() {
        return new AccessDenied(Problem.authenticationFailed());
    }
}
