package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code scopegate_grant}. No cache holds any of it, so no change is told. */
record JdbcGrants(Database database) implements GrantRepository {
    private static final String SELECT = "select refresh_id, access_id, family, expires_at, redeemed_at, sealed_answer"
            + " from scopegate_grant where ";

    /** Reads the few rows alone that have an answer: from zero on, since H2 begins a range without a beginning at the nulls. */
    static final String FORGET = "update scopegate_grant set sealed_answer = null, sealed_at = null"
            + " where sealed_at > 0 and sealed_at < ?";

    @Override
    public void add(Grant grant, Instant now) throws Unavailable {
        boolean unused = database.transaction(connection -> {
            try (PreparedStatement clean =
                    connection.prepareStatement("delete from scopegate_grant where expires_at <= ?")) {
                TokenRow.set(clean, 1, now);
                clean.executeUpdate();
            }
            String sql = "insert into scopegate_grant (refresh_id, access_id, family, expires_at) values (?, ?, ?, ?)";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, grant.refreshId());
                insert.setString(2, grant.accessId());
                insert.setString(3, grant.family());
                TokenRow.set(insert, 4, grant.expiresAt());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public @Nullable Grant get(String refreshId) throws Unavailable {
        List<Grant> found = select("refresh_id", refreshId);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public List<Grant> family(String family) throws Unavailable {
        return select("family", family);
    }

    private List<Grant> select(String column, String value) throws Unavailable {
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + column + " = ?")) {
                select.setString(1, value);
                List<Grant> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) found.add(grant(rows));
                }
                return found;
            }
        });
    }

    private static Grant grant(ResultSet row) throws SQLException {
        Instant expires = TokenRow.instant(row.getLong("expires_at"));
        Grant grant =
                Grant.of(row.getString("refresh_id"), row.getString("access_id"), row.getString("family"), expires);
        long redeemed = row.getLong("redeemed_at");
        if (row.wasNull()) return grant;
        String sealed = row.getString("sealed_answer");
        Grant exchanged = grant.redeemed(TokenRow.instant(redeemed), sealed == null ? "" : sealed);
        return sealed == null ? exchanged.withoutAnswer() : exchanged;
    }

    @Override
    public boolean redeem(String refreshId, Instant at, String sealed, Instant forgetBefore) throws Unavailable {
        forget(forgetBefore);
        return database.transaction(connection -> redeem(connection, refreshId, at, sealed));
    }

    /** One statement, so that the database decides who was first. */
    private static boolean redeem(Connection connection, String refreshId, Instant at, String sealed)
            throws SQLException {
        String sql = "update scopegate_grant set redeemed_at = ?, sealed_at = ?, sealed_answer = ?"
                + " where refresh_id = ? and redeemed_at is null";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            TokenRow.set(update, 1, at);
            TokenRow.set(update, 2, at);
            update.setString(3, sealed);
            update.setString(4, refreshId);
            return update.executeUpdate() == 1;
        }
    }

    private void forget(Instant before) throws Unavailable {
        boolean unused = database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(FORGET)) {
                TokenRow.set(update, 1, before);
                return update.executeUpdate() > 0;
            }
        });
    }

    @Override
    public void remove(String refreshId) throws Unavailable {
        boolean unused = database.transaction(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from scopegate_grant where refresh_id = ?")) {
                delete.setString(1, refreshId);
                return delete.executeUpdate() == 1;
            }
        });
    }
}
