package dev.scopegate.access;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Tells of each personal token and API key, once, that it comes near its expiry. Whoever tells of one takes a lock first that
 * nobody gives back before the token is dead, so that no node does it again. For one thread at a time.
 */
final class ExpiryWarnings {
    private static final List<TokenKind> KINDS = List.of(TokenKind.PERSONAL, TokenKind.API_KEY_SECRET);
    private static final String LOCK = "expiring:";
    private static final Duration LONGER = Duration.ofDays(1);
    private static final int PAGE = 500;

    private final TokenRepository tokens;
    private final NodeLocks locks;
    private final Duration before;
    private final Audit audit;
    private final Clock clock;
    private Set<String> told = Set.of();

    ExpiryWarnings(TokenRepository tokens, NodeLocks locks, Duration before, Audit audit, Clock clock) {
        this.tokens = tokens;
        this.locks = locks;
        this.before = before;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether there is time for another batch. */
    @FunctionalInterface
    interface Permission {
        boolean given() throws Unavailable;
    }

    void tell(Permission more) throws Unavailable {
        Instant now = clock.instant();
        Set<String> near = new HashSet<>();
        for (TokenKind kind : KINDS) {
            TokenQuery query = TokenQuery.all()
                    .kind(kind)
                    .status(TokenStatus.ACTIVE)
                    .expiresBefore(now.plus(before).plusMillis(1));
            TokenCursor next = null;
            do {
                if (!more.given()) return;
                TokenPage page = tokens.page(query, next, PAGE, now);
                for (AccessToken token : page.tokens()) {
                    near.add(token.id());
                    if (!told.contains(token.id())) tell(token, now);
                }
                next = page.next();
            } while (next != null);
        }
        told = near;
    }

    private void tell(AccessToken token, Instant now) throws Unavailable {
        Instant end = token.expiresAt();
        if (end == null) return;
        Duration left = Duration.between(now, end).plus(LONGER);
        if (locks.take(LOCK + token.id(), UUID.randomUUID().toString(), left)) audit.expiring(token);
    }
}
