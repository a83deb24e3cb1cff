package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.Denylist;
import dev.scopegate.store.TokenChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** The table {@code scopegate_denied}. What has expired by itself is removed with the next denial. */
record JdbcDenylist(Writes writes, Clock clock) implements Denylist {
    @Override
    public void deny(String jti, Instant until) throws Unavailable {
        TokenChange change = new TokenChange.OfJti(jti);
        Instant over = clock.instant().minus(LONGEST_SKEW);
        Database.Work<Boolean> work = connection -> {
            try (PreparedStatement clean =
                    connection.prepareStatement("delete from scopegate_denied where expires_at < ?")) {
                TokenRow.set(clean, 1, over);
                clean.executeUpdate();
            }
            return prolong(connection, jti, until) || insert(connection, jti, until);
        };
        var unused = writes.end(change, work, added -> added);
    }

    private static boolean prolong(Connection connection, String jti, Instant until) throws SQLException {
        String sql = "update scopegate_denied set expires_at = greatest(expires_at, ?) where jti = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            TokenRow.set(update, 1, until);
            update.setString(2, jti);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, String jti, Instant until) throws SQLException {
        String sql = "insert into scopegate_denied (jti, expires_at) values (?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, jti);
            TokenRow.set(insert, 2, until);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (Writes.isDuplicate(e)) return false;
            throw e;
        }
    }

    @Override
    public boolean denies(String jti) throws Unavailable {
        return writes.database().run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select 1 from scopegate_denied where jti = ?")) {
                select.setString(1, jti);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }
}
