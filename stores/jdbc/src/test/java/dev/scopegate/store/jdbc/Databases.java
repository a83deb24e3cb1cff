package dev.scopegate.store.jdbc;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import java.sql.Connection;
import java.sql.DriverManager;
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
        return open(Map.of("jdbc-url", url, "jdbc-user", user, "jdbc-password", password, "jdbc-poll", "50ms"));
    }

    static JdbcTokenStore open(Map<String, String> settings) {
        Configuration configuration = Configuration.builder(Scopegate.settings())
                .add("test", settings)
                .build();
        return JdbcTokenStore.open(configuration, Clock.systemUTC());
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
}
