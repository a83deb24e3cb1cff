package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.KeyRing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code scopegate_key_ring}, whose one row the migration made. No cache holds any of it, so no change is told. */
record JdbcKeyRing(Database database) implements KeyRing {
    @Override
    public Kept read() throws Unavailable {
        return database.run(JdbcKeyRing::select);
    }

    private static Kept select(Connection connection) throws SQLException {
        String sql = "select version, content from scopegate_key_ring where id = 1";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) throw new SQLException("the row of the key ring is gone");
            return new Kept(row.getLong(1), row.getString(2));
        }
    }

    /** One statement, so that the database decides who was first. */
    @Override
    public boolean replace(Kept expected, String text) throws Unavailable {
        return database.transaction(connection -> {
            String sql =
                    "update scopegate_key_ring set version = version + 1, content = ? where id = 1 and version = ?";
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, text);
                update.setLong(2, expected.version());
                return update.executeUpdate() == 1;
            }
        });
    }
}
