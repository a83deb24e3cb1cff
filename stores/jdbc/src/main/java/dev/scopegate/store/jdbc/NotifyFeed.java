package dev.scopegate.store.jdbc;

import dev.scopegate.store.ChangeText;
import dev.scopegate.store.TokenChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** PostgreSQL's LISTEN and NOTIFY: a change travels when its transaction commits, or not at all. */
final class NotifyFeed extends Feed {
    private static final String CHANNEL = "scopegate_change";
    private static final int QUIET_MILLIS = 1_000;

    private final DataSource source;

    NotifyFeed(DataSource source) {
        this.source = source;
    }

    @Override
    void publish(Connection connection, String node, TokenChange change) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, node + " " + ChangeText.of(change));
            notify.execute();
        }
    }

    @Override
    Listening listen() throws SQLException {
        Connection connection = source.getConnection();
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            execute(connection, "listen " + CHANNEL);
            return new Listening() {
                @Override
                public void hear() throws SQLException {
                    while (!isClosed()) hearOnce(connection, postgres);
                    execute(connection, "unlisten " + CHANNEL); // a container's pool keeps the connection
                }

                @Override
                public void close() throws SQLException {
                    connection.close();
                }
            };
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void hearOnce(Connection connection, PGConnection postgres) throws SQLException {
        PGNotification[] heard = postgres.getNotifications(QUIET_MILLIS);
        if (heard == null || heard.length == 0) {
            execute(connection, "select 1"); // a peer that is gone does not say so by itself
            return;
        }
        for (PGNotification one : heard) {
            String text = one.getParameter();
            int space = text.indexOf(' ');
            heard(
                    text.substring(0, Math.max(0, space)),
                    ChangeText.parse(text.substring(space + 1)).toChange());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
