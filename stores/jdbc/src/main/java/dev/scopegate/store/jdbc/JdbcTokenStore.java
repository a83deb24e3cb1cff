package dev.scopegate.store.jdbc;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenChanges;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final int MARIADB_DUPLICATE = 1062;

    private final Pool pool;
    private final Database database;
    private final Feed feed;

    private JdbcTokenStore(Pool pool, Database database, Feed feed) {
        this.pool = pool;
        this.database = database;
        this.feed = feed;
    }

    /**
     * Connects, makes or updates the tables, and begins to hear of changes.
     *
     * @throws ConfigurationException when the database cannot be used
     */
    public static JdbcTokenStore open(Configuration configuration) {
        Pool pool = Pool.open(configuration);
        try {
            Dialect dialect = Schema.prepare(pool.source());
            long timeout = configuration.get(JdbcTokenStoreFactory.TIMEOUT).toNanos();
            int places = configuration.get(JdbcTokenStoreFactory.POOL_SIZE) - 1; // one is the feed's
            Database database = new Database(pool.source(), places, timeout);
            Feed feed = dialect == Dialect.POSTGRESQL
                    ? new NotifyFeed(pool.source())
                    : new PollFeed(database, configuration.get(JdbcTokenStoreFactory.POLL));
            feed.start();
            return new JdbcTokenStore(pool, database, feed);
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
        return database.run(connection -> Optional.ofNullable(select(connection, id)))
                .orElse(null);
    }

    private static @Nullable StoredToken select(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " where id = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? TokenRow.read(row) : null;
            }
        }
    }

    @Override
    public List<AccessToken> list() throws Unavailable {
        return database.run(connection -> {
            String newestFirst = SELECT + " order by created_at desc, id";
            try (PreparedStatement statement = connection.prepareStatement(newestFirst);
                    ResultSet rows = statement.executeQuery()) {
                List<AccessToken> tokens = new ArrayList<>();
                while (rows.next()) tokens.add(TokenRow.read(rows).token());
                return tokens;
            }
        });
    }

    @Override
    public boolean add(StoredToken token, Instant now) throws Unavailable {
        return insert(token) || (freeName(token.token(), now) && insert(token));
    }

    /** False when the id exists or the name is taken. */
    private boolean insert(StoredToken token) throws Unavailable {
        return change(new TokenChange.OfToken(token.token().id()), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                TokenRow.write(token, statement);
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (isDuplicate(e)) return false;
                throw e;
            }
        });
    }

    private static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE;
    }

    /** Takes the name from a token that has expired. */
    private boolean freeName(AccessToken wanting, Instant now) throws Unavailable {
        return database.run(connection -> {
            String sql = "update scopegate_token set taken_name = null"
                    + " where owner = ? and taken_name = ? and expires_at <= ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, wanting.owner());
                statement.setString(2, wanting.name());
                TokenRow.set(statement, 3, now);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public @Nullable AccessToken revoke(String id, Instant at, String by) throws Unavailable {
        change(new TokenChange.OfToken(id), connection -> {
            String sql = "update scopegate_token set revoked_at = ?, revoked_by = ?, taken_name = null"
                    + " where id = ? and revoked_at is null";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                TokenRow.set(statement, 1, at);
                statement.setString(2, by);
                statement.setString(3, id);
                return statement.executeUpdate() == 1;
            }
        });
        StoredToken now = get(id);
        return now == null ? null : now.token();
    }

    @Override
    public boolean delete(String id) throws Unavailable {
        return change(new TokenChange.OfToken(id), connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from scopegate_token where id = ?")) {
                statement.setString(1, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Changes something and tells of it in one transaction; this node's own listeners hear of it before the return. */
    private boolean change(TokenChange change, Database.Work<Boolean> work) throws Unavailable {
        boolean changed;
        try {
            changed = database.transaction(connection -> {
                boolean done = work.on(connection);
                if (done) feed.publish(connection, change);
                return done;
            });
        } catch (Unavailable e) {
            feed.tellInDoubt(change);
            throw e;
        }
        if (changed) feed.tell(change);
        return changed;
    }

    @Override
    public TokenChanges changes() {
        return feed;
    }

    @Override
    public void close() {
        feed.close();
        pool.close().run();
    }
}
