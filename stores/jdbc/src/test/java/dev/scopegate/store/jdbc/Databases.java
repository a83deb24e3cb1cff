package dev.scopegate.store.jdbc;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Stores on a database that a test has started. */
final class Databases {
    private Databases() {}

    /** A store on this database, as an application's settings would open it. */
    static JdbcTokenStore open(String url, String user, String password) {
        return open(url, user, password, Clock.systemUTC());
    }

    /** The same on a node whose clock may be wrong. */
    static JdbcTokenStore open(String url, String user, String password, Clock clock) {
        return open(Map.of("jdbc-url", url, "jdbc-user", user, "jdbc-password", password, "jdbc-poll", "50ms"), clock);
    }

    static JdbcTokenStore open(Map<String, String> settings) {
        return open(settings, Clock.systemUTC());
    }

    private static JdbcTokenStore open(Map<String, String> settings, Clock clock) {
        Configuration configuration = Configuration.builder(Scopegate.settings())
                .add("test", settings)
                .build();
        return JdbcTokenStore.open(configuration, clock);
    }

    /** A name that no other database has. */
    static String newName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    static void execute(String url, String user, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that a query answers with. */
    static long number(String url, String user, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) throw new SQLException("no row");
            return row.getLong(1);
        }
    }
}
