package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the stores share that hold all their tokens in memory. Reads take no lock; writes are one at a time. */
abstract class TableTokenStore implements TokenRepository {
    private final Listeners listeners = new Listeners();
    private volatile TokenTable table = TokenTable.EMPTY;

    /** A change of the table; null: nothing to change. */
    @FunctionalInterface
    interface Change {
        @Nullable TokenTable apply(TokenTable present);
    }

    /**
     * Makes the change where the tokens are kept, then {@link #show}s the new table.
     *
     * @param told the change that listeners hear of; null: none
     */
    abstract boolean write(Change change, @Nullable TokenChange told) throws Unavailable;

    final TokenTable table() {
        return table;
    }

    /** Answers with this table from now on. */
    final void show(TokenTable changed) {
        table = changed;
    }

    final void tell(TokenChange change) {
        listeners.tell(change);
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) {
        String id = presented.id();
        return id == null ? null : table.get(id);
    }

    @Override
    public final TokenChanges changes() {
        return listeners;
    }

    @Override
    public final boolean add(StoredToken token, Instant now) throws Unavailable {
        return write(
                present -> present.adding(token, now),
                new TokenChange.OfToken(token.token().id()));
    }

    @Override
    public final @Nullable StoredToken get(String id) {
        return table.get(id);
    }

    @Override
    public final TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) {
        return table.page(query, after, size, now);
    }

    @Override
    public final Replacement replace(StoredToken expected, StoredToken changed, Instant now) throws Unavailable {
        String id = changed.token().id();
        Replacement[] outcome = {Replacement.ABSENT};
        write(
                present -> {
                    StoredToken row = present.get(id);
                    outcome[0] = replacement(present, row, expected, changed, now);
                    return row == null || outcome[0] != Replacement.DONE
                            ? null
                            : present.putting(changed.withUseOf(row));
                },
                new TokenChange.OfToken(id));
        return outcome[0];
    }

    private static Replacement replacement(
            TokenTable present, @Nullable StoredToken row, StoredToken expected, StoredToken changed, Instant now) {
        if (row == null) return Replacement.ABSENT;
        if (row.token().revokedAt() != null || !row.isSameAs(expected)) return Replacement.CONFLICT;
        boolean renamed = !row.token().name().equals(changed.token().name());
        return renamed && present.isNameTaken(changed.token(), now) ? Replacement.NAME_TAKEN : Replacement.DONE;
    }

    @Override
    public final @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        write(present -> revoking(present, row -> row.id().equals(id), at, by), new TokenChange.OfToken(id));
        StoredToken row = table.get(id);
        return row == null ? null : row.token();
    }

    @Override
    public final int revokeAllOf(String parent, Instant at, String by) throws Unavailable {
        AtomicInteger revoked = new AtomicInteger();
        Predicate<AccessToken> minted = token -> parent.equals(token.parent());
        write(
                present -> {
                    revoked.set(living(present, minted).size());
                    return revoking(present, minted, at, by);
                },
                new TokenChange.OfParent(parent));
        return revoked.get();
    }

    private static List<StoredToken> living(TokenTable present, Predicate<AccessToken> which) {
        List<StoredToken> living = new ArrayList<>();
        for (StoredToken row : present.rows()) {
            if (row.token().revokedAt() == null && which.test(row.token())) living.add(row);
        }
        return living;
    }

    private static @Nullable TokenTable revoking(
            TokenTable present, Predicate<AccessToken> which, Instant at, String by) {
        List<StoredToken> living = living(present, which);
        if (living.isEmpty()) return null;
        return present.with(rows -> living.forEach(row -> rows.put(
                row.token().id(),
                row.with(row.token().toBuilder().revoked(at, by).build()))));
    }

    @Override
    public final boolean delete(String id) throws Unavailable {
        return write(
                present -> present.get(id) == null ? null : present.with(rows -> rows.remove(id)),
                new TokenChange.OfToken(id));
    }

    @Override
    public final int purge(Instant deadBefore, int most) throws Unavailable {
        List<String> dead = new ArrayList<>();
        write(
                present -> {
                    dead.clear();
                    for (StoredToken row : present.rows()) {
                        if (dead.size() < most && diedBefore(row.token(), deadBefore)) {
                            dead.add(row.token().id());
                        }
                    }
                    return dead.isEmpty()
                            ? null
                            : present.with(rows -> rows.keySet().removeAll(dead));
                },
                null);
        return dead.size();
    }

    private static boolean diedBefore(AccessToken token, Instant moment) {
        Instant revoked = token.revokedAt();
        Instant expires = token.expiresAt();
        return (revoked != null && revoked.isBefore(moment)) || (expires != null && expires.isBefore(moment));
    }

    @Override
    public final void used(Collection<TokenUse> uses) throws Unavailable {
        write(
                present -> {
                    Map<String, StoredToken> later = new LinkedHashMap<>();
                    for (TokenUse use : uses) {
                        StoredToken row = present.get(use.id());
                        if (row != null && isLater(use, row.token().lastUsedAt())) {
                            later.put(
                                    use.id(),
                                    row.with(row.token().toBuilder()
                                            .lastUsed(use.at(), use.ip())
                                            .build()));
                        }
                    }
                    return later.isEmpty() ? null : present.with(rows -> rows.putAll(later));
                },
                null);
    }

    private static boolean isLater(TokenUse use, @Nullable Instant kept) {
        return kept == null || use.at().isAfter(kept);
    }
}
