package dev.scopegate.example;

import dev.scopegate.store.Listeners;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    public synchronized List<AccessToken> list() {
        return tokens.values().stream()
                .map(StoredToken::token)
                .sorted(Comparator.comparing(AccessToken::createdAt).reversed())
                .toList();
    }

    @Override
    public synchronized boolean add(StoredToken added, Instant now) {
        AccessToken token = added.token();
        boolean taken = tokens.values().stream()
                .map(StoredToken::token)
                .filter(other -> other.statusAt(now.toEpochMilli()) == TokenStatus.ACTIVE)
                .anyMatch(other ->
                        other.owner().equals(token.owner()) && other.name().equals(token.name()));
        return !taken && tokens.putIfAbsent(token.id(), added) == null && told(token.id());
    }

    @Override
    public synchronized @Nullable AccessToken revoke(String id, Instant at, String by) {
        StoredToken stored = tokens.get(id);
        if (stored == null) return null;
        if (stored.token().revokedAt() != null) return stored.token();
        AccessToken revoked = stored.token().toBuilder().revoked(at, by).build();
        tokens.put(id, stored.with(revoked));
        told(id);
        return revoked;
    }

    @Override
    public synchronized boolean delete(String id) {
        return tokens.remove(id) != null && told(id);
    }

    private boolean told(String id) {
        listeners.tell(new TokenChange.OfToken(id));
        return true;
    }

    @Override
    public TokenChanges changes() {
        return listeners;
    }
}
