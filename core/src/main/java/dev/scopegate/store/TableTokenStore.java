package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Instant;
import java.util.List;
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

    /** Makes the change where the tokens are kept, then {@link #show}s the new table. */
    abstract boolean write(Change change, String id) throws Unavailable;

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
        return write(present -> present.adding(token, now), token.token().id());
    }

    @Override
    public final @Nullable StoredToken get(String id) {
        return table.get(id);
    }

    @Override
    public final List<AccessToken> list() {
        return table.newestFirst();
    }

    @Override
    public final @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        write(present -> revoking(present, id, at, by), id);
        StoredToken row = table.get(id);
        return row == null ? null : row.token();
    }

    private static @Nullable TokenTable revoking(TokenTable present, String id, Instant at, String by) {
        StoredToken row = present.get(id);
        if (row == null || row.token().revokedAt() != null) return null;
        return present.putting(row.with(row.token().toBuilder().revoked(at, by).build()));
    }

    @Override
    public final boolean delete(String id) throws Unavailable {
        return write(present -> present.get(id) == null ? null : present.without(id), id);
    }
}
