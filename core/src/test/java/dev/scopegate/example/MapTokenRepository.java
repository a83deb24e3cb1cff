package dev.scopegate.example;

import dev.scopegate.store.Listeners;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenUse;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store that also writes, as short as the contract allows. Each change is told of after it can be read. */
final class MapTokenRepository implements TokenRepository {
    private final Map<String, StoredToken> tokens = new LinkedHashMap<>();
    private final Listeners listeners = new Listeners();

    @Override
    public @Nullable StoredToken find(BearerToken presented) {
        String id = presented.id();
        return id == null ? null : get(id);
    }

    @Override
    public synchronized @Nullable StoredToken get(String id) {
        return tokens.get(id);
    }

    @Override
    public synchronized TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) {
        List<AccessToken> found = tokens.values().stream()
                .map(StoredToken::token)
                .filter(token -> query.matches(token, now))
                .sorted(query.order())
                .dropWhile(token -> after != null && !after.isBefore(query, token))
                .toList();
        return TokenPage.of(query, found, size);
    }

    @Override
    public synchronized boolean add(StoredToken added, Instant now) {
        String id = added.token().id();
        if (tokens.containsKey(id) || isTaken(added.token(), now)) return false;
        tokens.put(id, added);
        return told(new TokenChange.OfToken(id));
    }

    private boolean isTaken(AccessToken token, Instant now) {
        TokenQuery rivals = TokenQuery.of(token.owner()).status(TokenStatus.ACTIVE);
        return token.statusAt(now.toEpochMilli()) == TokenStatus.ACTIVE
                && tokens.values().stream()
                        .map(StoredToken::token)
                        .anyMatch(other -> rivals.matches(other, now)
                                && other.name().equals(token.name())
                                && !other.id().equals(token.id()));
    }

    @Override
    public synchronized Replacement replace(StoredToken expected, StoredToken changed, Instant now) {
        String id = changed.token().id();
        StoredToken kept = tokens.get(id);
        if (kept == null) return Replacement.ABSENT;
        if (kept.token().revokedAt() != null || !kept.isSameAs(expected)) return Replacement.CONFLICT;
        if (isTaken(changed.token(), now)) return Replacement.NAME_TAKEN;
        tokens.put(id, changed.withUseOf(kept));
        told(new TokenChange.OfToken(id));
        return Replacement.DONE;
    }

    @Override
    public synchronized @Nullable AccessToken revoke(String id, Instant at, String by) {
        if (revoke(stored -> stored.token().id().equals(id), at, by) > 0) told(new TokenChange.OfToken(id));
        StoredToken stored = tokens.get(id);
        return stored == null ? null : stored.token();
    }

    @Override
    public synchronized int revokeAllOf(String parent, Instant at, String by) {
        int revoked = revoke(stored -> parent.equals(stored.token().parent()), at, by);
        if (revoked > 0) told(new TokenChange.OfParent(parent));
        return revoked;
    }

    private int revoke(Predicate<StoredToken> which, Instant at, String by) {
        List<StoredToken> living = tokens.values().stream()
                .filter(which.and(stored -> stored.token().revokedAt() == null))
                .toList();
        for (StoredToken stored : living) {
            AccessToken revoked = stored.token().toBuilder().revoked(at, by).build();
            tokens.put(revoked.id(), stored.with(revoked));
        }
        return living.size();
    }

    @Override
    public synchronized boolean delete(String id) {
        return tokens.remove(id) != null && told(new TokenChange.OfToken(id));
    }

    @Override
    public synchronized int purge(Instant deadBefore, int most) {
        List<String> dead = tokens.values().stream()
                .map(StoredToken::token)
                .filter(token -> isBefore(token.revokedAt(), deadBefore) || isBefore(token.expiresAt(), deadBefore))
                .map(AccessToken::id)
                .limit(most)
                .toList();
        dead.forEach(tokens::remove);
        return dead.size();
    }

    @Override
    public synchronized void used(Collection<TokenUse> uses) {
        for (TokenUse use : uses) {
            tokens.computeIfPresent(use.id(), (id, stored) -> {
                Instant last = stored.token().lastUsedAt();
                if (last != null && !isBefore(last, use.at())) return stored;
                return stored.with(
                        stored.token().toBuilder().lastUsed(use.at(), use.ip()).build());
            });
        }
    }

    private static boolean isBefore(@Nullable Instant moment, Instant other) {
        return moment != null && moment.isBefore(other);
    }

    private boolean told(TokenChange change) {
        listeners.tell(change);
        return true;
    }

    @Override
    public TokenChanges changes() {
        return listeners;
    }
}
