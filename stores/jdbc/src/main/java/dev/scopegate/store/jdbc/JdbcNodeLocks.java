package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.NodeLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** The table {@code scopegate_lock}, by the database's clock: nodes whose own clocks differ take turns all the same. */
record JdbcNodeLocks(Database database, String clock) implements NodeLocks {
    static JdbcNodeLocks of(Database database, Dialect dialect) {
        return new JdbcNodeLocks(database, dialect.clock());
    }

    @Override
    public boolean take(String name, String holder, Duration time) throws Unavailable {
        return update(name, holder, time) || insert(name, holder, time);
    }

    /** False when another has it, or it is not there. */
    private boolean update(String name, String holder, Duration time) throws Unavailable {
        String sql = "update scopegate_lock set holder = ?, ends_at = " + clock
                + " + ? where name = ? and (holder = ? or ends_at <= " + clock + ")";
        return database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, holder);
                update.setLong(2, micros(time));
                update.setString(3, name);
                update.setString(4, holder);
                return update.executeUpdate() == 1;
            }
        });
    }

    private boolean insert(String name, String holder, Duration time) throws Unavailable {
        String sql = "insert into scopegate_lock (holder, ends_at, name) values (?, " + clock + " + ?, ?)";
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, holder);
                insert.setLong(2, micros(time));
                insert.setString(3, name);
                return insert.executeUpdate() == 1;
            } catch (SQLException e) {
                if (Writes.isDuplicate(e)) return false;
                throw e;
            }
        });
    }

    private static long micros(Duration time) {
        return Math.multiplyExact(time.toMillis(), 1_000L);
    }

    /** With it goes what nobody has given back. */
    @Override
    public void giveBack(String name, String holder) throws Unavailable {
        boolean unused = database.transaction(connection -> {
            execute(connection, "delete from scopegate_lock where name = ? and holder = ?", name, holder);
            execute(connection, "delete from scopegate_lock where ends_at <= " + clock);
            return true;
        });
    }

    private static void execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            statement.executeUpdate();
        }
    }
}
