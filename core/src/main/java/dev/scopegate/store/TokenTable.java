package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) {
        List<AccessToken> found = byId.values().stream()
                .map(StoredToken::token)
                .filter(token -> query.matches(token, now) && (after == null || after.isBefore(query, token)))
                .sorted(query.order())
                .limit(size + 1L)
                .toList();
        return TokenPage.of(query, found, size);
    }

    /** Null when the id is taken or its owner has an active token of that name. */
    @Nullable TokenTable adding(StoredToken added, Instant now) {
        AccessToken token = added.token();
        return byId.containsKey(token.id()) || (isActive(token, now) && isNameTaken(token, now))
                ? null
                : putting(added);
    }

    /** Whether another active token of the owner has the name. */
    boolean isNameTaken(AccessToken token, Instant now) {
        String owner = token.owner();
        String name = token.name();
        for (StoredToken row : byId.values()) {
            AccessToken other = row.token();
            if (other.owner().equals(owner)
                    && other.name().equals(name)
                    && !other.id().equals(token.id())
                    && isActive(other, now)) return true;
        }
        return false;
    }

    private static boolean isActive(AccessToken token, Instant now) {
        return token.statusAt(now.toEpochMilli()) == TokenStatus.ACTIVE;
    }

    TokenTable putting(StoredToken row) {
        return with(rows -> rows.put(row.token().id(), row));
    }

    /** A changed copy. */
    TokenTable with(Consumer<Map<String, StoredToken>> change) {
        Map<String, StoredToken> copy = new LinkedHashMap<>(byId);
        change.accept(copy);
        return new TokenTable(copy);
    }
}
