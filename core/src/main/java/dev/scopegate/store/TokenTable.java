package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a store that holds all its tokens in memory: immutable, each change makes a new one. */
final class TokenTable {
    static final TokenTable EMPTY = new TokenTable(Map.of());

    private final Map<String, StoredToken> byId;

    TokenTable(Map<String, StoredToken> byId) {
        this.byId = byId;
    }

    @Nullable StoredToken get(String id) {
        return byId.get(id);
    }

    Iterable<StoredToken> rows() {
        return byId.values();
    }

    Iterable<String> ids() {
        return byId.keySet();
    }

    List<AccessToken> newestFirst() {
        return byId.values().stream()
                .map(StoredToken::token)
                .sorted(Comparator.comparing(AccessToken::createdAt).reversed().thenComparing(AccessToken::id))
                .toList();
    }

    /** Null when the id is taken or its owner has an active token of that name. */
    @Nullable TokenTable adding(StoredToken added, Instant now) {
        AccessToken token = added.token();
        if (byId.containsKey(token.id())) return null;
        for (StoredToken row : byId.values()) {
            AccessToken other = row.token();
            if (other.owner().equals(token.owner())
                    && other.name().equals(token.name())
                    && other.statusAt(now.toEpochMilli()) == TokenStatus.ACTIVE) return null;
        }
        return putting(added);
    }

    TokenTable putting(StoredToken row) {
        Map<String, StoredToken> copy = new LinkedHashMap<>(byId);
        copy.put(row.token().id(), row);
        return new TokenTable(copy);
    }

    TokenTable without(String id) {
        Map<String, StoredToken> copy = new LinkedHashMap<>(byId);
        copy.remove(id);
        return new TokenTable(copy);
    }
}
