package dev.scopegate.store.jdbc;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.KeyRing;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.StoreHealth;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in H2, PostgreSQL or MariaDB, shared by any number of nodes. A look-up is one statement by primary key. What one
 * node changes the others hear of: at once on PostgreSQL, within the poll interval on the others. Safe for any number of
 * threads.
 */
public final class JdbcTokenStore implements TokenRepository {
    private static final String SELECT = "select " + TokenRow.COLUMNS + " from scopegate_token";
    private static final String INSERT = "insert into scopegate_token (" + TokenRow.COLUMNS + ") values (?"
            + ", ?".repeat(TokenRow.COLUMN_COUNT - 1) + ")";

    private static final String UPDATE =
            "update scopegate_token set " + TokenRow.COLUMNS.replace(",", " = ?,") + " = ? where id = ?";

    private final Pool pool;
    private final Dialect dialect;
    private final Database database;
    private final Feed feed;
    private final Writes writes;
    private final Denylist denylist;
    private final GrantRepository grants;
    private final KeyRing keyRing;
    private final ExportLedger exportLedger;
    private final ExportPolicyStore exportPolicies;
    private final AuditLog auditLog;
    private final NodeLocks nodeLocks;

    private JdbcTokenStore(Pool pool, Dialect dialect, Database database, Feed feed, Clock clock) {
        this.pool = pool;
        this.dialect = dialect;
        this.database = database;
        this.feed = feed;
        this.writes = new Writes(database, feed);
        this.denylist = new JdbcDenylist(writes, clock);
        this.grants = new JdbcGrants(database);
        this.keyRing = new JdbcKeyRing(database);
        this.exportLedger = new JdbcExportLedger(database, dialect);
        this.exportPolicies = new JdbcExportPolicies(database);
        this.auditLog = new JdbcAuditLog(database);
        this.nodeLocks = JdbcNodeLocks.of(database, dialect);
    }

    /**
     * Connects, makes or updates the tables, and begins to hear of changes.
     *
     * @throws ConfigurationException when the database cannot be used
     */
    public static JdbcTokenStore open(Configuration configuration, Clock clock) {
        Pool pool = Pool.open(configuration);
        try {
            Dialect dialect = Schema.prepare(pool.source());
            long timeout = configuration.get(JdbcTokenStoreFactory.TIMEOUT).toNanos();
            int places = configuration.get(JdbcTokenStoreFactory.POOL_SIZE) - 1; // one is the feed's
            Database database = new Database(pool.source(), places, timeout);
            Feed feed = dialect == Dialect.POSTGRESQL
                    ? new NotifyFeed(pool.source())
                    : new PollFeed(database, configuration.get(JdbcTokenStoreFactory.POLL));
            feed.start(database::answers);
            return new JdbcTokenStore(pool, dialect, database, feed, clock);
        } catch (SQLException | Unavailable e) {
            pool.close().run();
            throw new ConfigurationException("jdbc-url: the database cannot be listened to: " + Complaint.of(e), e);
        } catch (RuntimeException e) {
            pool.close().run();
            throw e;
        }
    }

    @Override
    public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
        String id = presented.id();
        return id == null ? null : get(id);
    }

    @Override
    public @Nullable StoredToken get(String id) throws Unavailable {
        return database.run(connection -> Optional.ofNullable(select(connection, id, "")))
                .orElse(null);
    }

    private static @Nullable StoredToken select(Connection connection, String id, String how) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " where id = ?" + how)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? TokenRow.read(row) : null;
            }
        }
    }

    @Override
    public TokenPage page(TokenQuery query, @Nullable TokenCursor after, int size, Instant now) throws Unavailable {
        return database.run(connection -> new PageSelect(dialect).read(connection, query, after, size, now));
    }

    @Override
    public boolean add(StoredToken token, Instant now) throws Unavailable {
        return insert(token, now) || (database.run(c -> freeName(c, token.token(), now)) && insert(token, now));
    }

    /** False when the id exists or the name is taken. */
    private boolean insert(StoredToken token, Instant now) throws Unavailable {
        return writes.change(new TokenChange.OfToken(token.token().id()), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                TokenRow.write(token, statement);
                if (isDead(token.token(), now)) TokenRow.giveUpName(statement);
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (Writes.isDuplicate(e)) return false;
                throw e;
            }
        });
    }

    private static boolean isDead(AccessToken token, Instant now) {
        return token.statusAt(now.toEpochMilli()) != TokenStatus.ACTIVE;
    }

    /** Takes the name from a token that has expired. */
    private static boolean freeName(Connection connection, AccessToken wanting, Instant now) throws SQLException {
        String sql = "update scopegate_token set taken_name = null"
                + " where owner = ? and taken_name = ? and expires_at <= ? and id <> ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, wanting.owner());
            statement.setString(2, wanting.name());
            TokenRow.set(statement, 3, now);
            statement.setString(4, wanting.id());
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public Replacement replace(StoredToken expected, StoredToken changed, Instant now) throws Unavailable {
        return writes.change(
                new TokenChange.OfToken(changed.token().id()),
                connection -> replace(connection, expected, changed, now),
                outcome -> outcome == Replacement.DONE);
    }

    private static Replacement replace(Connection connection, StoredToken expected, StoredToken changed, Instant now)
            throws SQLException {
        AccessToken token = changed.token();
        StoredToken kept = select(connection, token.id(), " for update");
        if (kept == null) return Replacement.ABSENT;
        if (kept.token().revokedAt() != null || !kept.isSameAs(expected)) return Replacement.CONFLICT;
        if (!kept.token().name().equals(token.name())) freeName(connection, token, now);
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            TokenRow.write(changed.withUseOf(kept), update);
            if (isDead(token, now)) TokenRow.giveUpName(update);
            update.setString(TokenRow.COLUMN_COUNT + 1, token.id());
            update.executeUpdate();
            return Replacement.DONE;
        } catch (SQLException e) {
            if (Writes.isDuplicate(e)) return Replacement.NAME_TAKEN;
            throw e;
        }
    }

    @Override
    public @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        writes.end(new TokenChange.OfToken(id), connection -> revoke(connection, "id", id, at, by), one -> one == 1);
        StoredToken now = get(id);
        return now == null ? null : now.token();
    }

    @Override
    public int revokeAllOf(String parent, Instant at, String by) throws Unavailable {
        return writes.end(
                new TokenChange.OfParent(parent),
                connection -> revoke(connection, "parent", parent, at, by),
                revoked -> revoked > 0);
    }

    private static int revoke(Connection connection, String column, String value, Instant at, String by)
            throws SQLException {
        String sql = "update scopegate_token set revoked_at = ?, revoked_by = ?, taken_name = null where " + column
                + " = ? and revoked_at is null";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            TokenRow.set(statement, 1, at);
            statement.setString(2, by);
            statement.setString(3, value);
            return statement.executeUpdate();
        }
    }

    @Override
    public boolean delete(String id) throws Unavailable {
        Database.Work<Boolean> work = connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from scopegate_token where id = ?")) {
                statement.setString(1, id);
                return statement.executeUpdate() == 1;
            }
        };
        return writes.end(new TokenChange.OfToken(id), work, deleted -> deleted);
    }

    @Override
    public int purge(Instant deadBefore, int most) throws Unavailable {
        return database.run(connection -> Upkeep.purge(connection, deadBefore, most));
    }

    @Override
    public void used(Collection<TokenUse> uses) throws Unavailable {
        if (!uses.isEmpty()) database.transaction(connection -> Upkeep.used(connection, uses));
    }

    @Override
    public TokenChanges changes() {
        return feed;
    }

    @Override
    public Denylist denylist() {
        return denylist;
    }

    @Override
    public GrantRepository grants() {
        return grants;
    }

    @Override
    public KeyRing keyRing() {
        return keyRing;
    }

    @Override
    public ExportLedger exportLedger() {
        return exportLedger;
    }

    @Override
    public ExportPolicyStore exportPolicies() {
        return exportPolicies;
    }

    @Override
    public AuditLog auditLog() {
        return auditLog;
    }

    @Override
    public NodeLocks nodeLocks() {
        return nodeLocks;
    }

    @Override
    public StoreHealth health() {
        if (database.isOut()) return StoreHealth.down("the database does not answer");
        return feed.health();
    }

    @Override
    public void close() {
        feed.close();
        pool.close().run();
    }
}
