package dev.scopegate.issuer;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges API keys for access tokens, and refresh tokens for the next. Whatever is wrong is the same
 * {@code authentication_failed}, after the same work. A refresh token is exchanged once: whoever repeats that within ten
 * seconds gets the same answer, whoever does later ends the whole family. Immutable but for its counters; safe for any number
 * of threads.
 */
public final class KeyExchange {
    private static final Duration REPEATABLE = Duration.ofSeconds(10);
    private static final String REPLAYED = "refresh-token-replayed";
    private static final String OVERTAKEN = "key-changed";
    // what the log says
    private static final String UNKNOWN = "unknown";
    private static final String REPLAY = "refresh_replayed";
    private static final String KEY_CHANGED = "key_changed";

    private final Scopegate scopegate;
    private final TokenRepository tokens;
    private final GrantRepository grants;
    private final PairMint mint;
    private final Minted minted;
    private final Families families;
    private final SealedAnswer sealed;
    private final Guesses guesses;
    private final IssuerEvents events;
    private final Clock clock;
    private final StoredToken nothing;
    private final BearerToken nobody;

    KeyExchange(
            Scopegate scopegate,
            GrantRepository grants,
            SealedAnswer sealed,
            Duration accessLife,
            Guesses guesses,
            Clock clock) {
        this.scopegate = scopegate;
        this.tokens = Objects.requireNonNull(scopegate.repository());
        this.grants = grants;
        this.mint = new PairMint(scopegate.format(), tokens, grants, accessLife);
        this.minted = new Minted(tokens, clock);
        this.families = new Families(tokens, grants, null);
        this.sealed = sealed;
        this.guesses = guesses;
        this.events = new IssuerEvents(scopegate.listener(), clock);
        this.clock = clock;
        this.nobody = scopegate.format().mint(TokenKind.API_KEY_SECRET);
        String id = Objects.requireNonNull(nobody.id());
        AccessToken facts = AccessToken.builder(TokenKind.API_KEY_SECRET, id, "nobody", "nobody")
                .build();
        BearerToken other = scopegate.format().mint(TokenKind.API_KEY_SECRET, id);
        this.nothing = new StoredToken(facts, List.of(new StoredToken.Secret(other.hash(), null)));
    }

    /** A first pair of tokens for a key and its secret. */
    public TokenPair authenticate(String apiKey, String secret, ClientAddress from) throws AccessDenied, Unavailable {
        BearerToken presented = read(secret);
        StoredToken key = tokens.get(OwnedTokens.isId(apiKey) ? apiKey : idOf(nobody));
        boolean opened = opens(key, presented);
        boolean right = opened && isAlive(key, TokenKind.API_KEY_SECRET) && apiKey.equals(presented.id());
        Attempt attempt = new Attempt(apiKey, right ? key : null, from);
        if (!right || key == null) throw failed(attempt, whyNot(key, presented, opened));
        mayComeFrom(key, attempt);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PairMint.Pair pair = mint.pair(key.token(), now);
        mint.store(pair, pair.refreshId(), now);
        if (!minted.settle(key, OVERTAKEN, pair.accessId(), pair.refreshId())) throw failed(attempt, KEY_CHANGED);
        scopegate.used(key.token(), from);
        return given(key, pair, from);
    }

    /**
     * The next pair of tokens for a refresh token of this key.
     *
     * @throws AccessDenied {@code throttled} after three hundred failures of an address within a minute
     */
    public TokenPair refresh(String apiKey, String refreshToken, ClientAddress from) throws AccessDenied, Unavailable {
        return guesses.counted(from, () -> refreshed(apiKey, refreshToken, from));
    }

    private TokenPair refreshed(String apiKey, String refreshToken, ClientAddress from)
            throws AccessDenied, Unavailable {
        BearerToken presented = read(refreshToken);
        StoredToken key = tokens.get(OwnedTokens.isId(apiKey) ? apiKey : idOf(nobody));
        StoredToken refresh = tokens.get(idOf(presented));
        boolean opened = opens(refresh, presented);
        boolean right = opened
                && isAlive(refresh, TokenKind.REFRESH)
                && isAlive(key, TokenKind.API_KEY_SECRET)
                && refresh != null
                && apiKey.equals(refresh.token().parent());
        Attempt attempt = new Attempt(apiKey, right ? key : null, from);
        if (!right || key == null || refresh == null) throw failed(attempt, whyNot(refresh, presented, opened));
        mayComeFrom(key, attempt);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Grant grant = grants.get(idOf(presented));
        if (grant == null) throw failed(attempt, UNKNOWN);
        if (grant.redeemedAt() != null) return again(grant, key, presented, now, attempt);
        PairMint.Pair pair = mint.pair(key.token(), now);
        mint.store(pair, grant.family(), now);
        String answer = sealed.seal(pair.shown(), presented);
        if (!grants.redeem(grant.refreshId(), now, answer, now.minus(REPEATABLE))) {
            mint.discard(pair); // another was first, and what it got is the answer
            Grant redeemed = grants.get(grant.refreshId());
            if (redeemed == null) throw failed(attempt, UNKNOWN);
            return again(redeemed, key, presented, now, attempt);
        }
        stays(key, grant, pair.accessId(), pair.refreshId(), attempt);
        return given(key, pair, from);
    }

    private TokenPair given(StoredToken key, PairMint.Pair pair, ClientAddress from) {
        events.login(key.token().owner(), key.token().id(), from);
        events.told(AuditType.TOKEN_MINTED, key.token().owner(), pair.accessId(), from, null);
        return pair.shown();
    }

    /** Fails when the pair's key or family has been ended while it was made. */
    private void stays(StoredToken key, Grant grant, String accessId, String refreshId, Attempt attempt)
            throws AccessDenied, Unavailable {
        StoredToken refresh = tokens.get(grant.refreshId());
        boolean ended = refresh == null || !isAlive(refresh, TokenKind.REFRESH);
        if (ended) minted.revoke(OVERTAKEN, accessId, refreshId);
        if (ended || !minted.settle(key, OVERTAKEN, accessId, refreshId)) throw failed(attempt, KEY_CHANGED);
    }

    private TokenPair again(Grant grant, StoredToken key, BearerToken presented, Instant now, Attempt attempt)
            throws AccessDenied, Unavailable {
        Instant redeemed = grant.redeemedAt();
        String answer = grant.sealedAnswer();
        if (redeemed != null && now.isAfter(redeemed.plus(REPEATABLE))) {
            families.revoke(grant.family(), now, REPLAYED);
            events.told(AuditType.TOKEN_REVOKED, null, grant.refreshId(), attempt.from(), REPLAY);
            throw failed(attempt, REPLAY);
        }
        if (answer == null) throw failed(attempt, REPLAY); // forgotten by a node whose clock is ahead
        TokenPair pair = sealed.open(answer, presented);
        stays(key, grant, idOf(read(pair.revealAccess())), idOf(read(pair.revealRefresh())), attempt);
        events.login(key.token().owner(), key.token().id(), attempt.from());
        return pair;
    }

    /**
     * Who tries to get a pair, for the log alone.
     *
     * @param apiKey as it was given
     * @param key the key, if what was given opens it
     */
    private record Attempt(String apiKey, @Nullable StoredToken key, ClientAddress from) {}

    private AccessDenied failed(Attempt attempt, String why) {
        StoredToken key = attempt.key();
        events.loginRefused(why, key == null ? null : key.token().owner(), attempt.apiKey(), attempt.from());
        return new AccessDenied(Problem.authenticationFailed());
    }

    /** Why what was given opens nothing. */
    private String whyNot(@Nullable StoredToken stored, BearerToken presented, boolean opened) {
        if (presented == nobody) return "ill_formed";
        if (stored == null) return UNKNOWN;
        if (!opened) return "wrong_secret";
        TokenStatus status = stored.token().statusAt(clock.millis());
        return status == TokenStatus.ACTIVE ? "wrong_key" : status.wireName();
    }

    private BearerToken read(String text) {
        BearerToken own = scopegate.format().readOwn(text);
        return own == null ? nobody : own;
    }

    private static String idOf(BearerToken token) {
        return Objects.requireNonNull(token.id());
    }

    /** Hashes the secret whether or not there is something to compare it with. */
    private boolean opens(@Nullable StoredToken stored, BearerToken presented) {
        if (stored == null || stored.token().kind() != presented.kind()) {
            return nothing.opensWith(nobody, clock.millis()); // never
        }
        return stored.opensWith(presented, clock.millis());
    }

    private boolean isAlive(@Nullable StoredToken stored, TokenKind kind) {
        return stored != null && stored.token().kind() == kind && OwnedTokens.isActive(stored.token(), clock.instant());
    }

    private void mayComeFrom(StoredToken key, Attempt attempt) throws AccessDenied {
        boolean inside = key.token().allowedNetworks().isEmpty()
                || key.token().allowedNetworks().stream().anyMatch(one -> one.contains(attempt.from()));
        if (inside) return;
        Problem problem = Problem.ipNotAllowed();
        events.loginRefused(problem.code(), key.token().owner(), key.token().id(), attempt.from());
        throw new AccessDenied(problem);
    }
}
