package dev.scopegate.store.jdbc;

import dev.scopegate.config.ConfigurationException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What differs between the databases. */
enum Dialect {
    H2,
    POSTGRESQL,
    MARIADB;

    /** The dialect of a database by the product name that its driver tells. */
    static Dialect of(String productName) {
        for (Dialect dialect : values()) {
            if (productName.equalsIgnoreCase(dialect.name())) return dialect;
        }
        throw new ConfigurationException("jdbc-url: the database is " + productName
                + "; H2, PostgreSQL and MariaDB are what this store is tested on");
    }

    /** Microseconds since 1970 (UTC) by the database's clock, when it began with the statement. */
    String clock() {
        return switch (this) {
            case H2 -> "datediff(microsecond, timestamp with time zone '1970-01-01 00:00:00+00', current_timestamp)";
            case POSTGRESQL -> "cast(extract(epoch from statement_timestamp()) * 1000000 as bigint)";
            case MARIADB -> "timestampdiff(microsecond, '1970-01-01', utc_timestamp(6))";
        };
    }

    /** Where the migrations stand among the resources. */
    String migrations() {
        return "classpath:dev/scopegate/store/jdbc/" + name().toLowerCase(Locale.ROOT);
    }

    /** The driver's class, for containers whose DriverManager does not look into applications; null: unknown. */
    static @Nullable String driver(String url) {
        if (url.startsWith("jdbc:h2:")) return "org.h2.Driver";
        if (url.startsWith("jdbc:postgresql:")) return "org.postgresql.Driver";
        if (url.startsWith("jdbc:mariadb:")) return "org.mariadb.jdbc.Driver";
        return null;
    }

    /**
     * Driver properties that bound how long a dead server is waited for.
     *
     * @param connect for a connection, in milliseconds
     * @param answer for an answer, in milliseconds
     */
    static Properties timeouts(String url, long connect, long answer) {
        Properties properties = new Properties();
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty("connectTimeout", seconds(connect));
            properties.setProperty("socketTimeout", seconds(answer));
            properties.setProperty("loginTimeout", seconds(answer));
            properties.setProperty("tcpKeepAlive", "true");
        } else if (url.startsWith("jdbc:mariadb:")) {
            properties.setProperty("connectTimeout", String.valueOf(connect));
            properties.setProperty("socketTimeout", String.valueOf(answer));
        } else if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
            properties.setProperty("NETWORK_TIMEOUT", String.valueOf(answer));
        }
        return properties;
    }

    private static String seconds(long millis) {
        return String.valueOf(Math.max(1, (millis + 999) / 1000));
    }

    /**
     * What a connection begins with, so that a node that hangs in the middle of a change keeps no other from making one: its
     * transaction is over after half the time-out, and whoever waits for a row is told before the time-out is over. H2 has
     * only the second.
     *
     * @return null: nothing
     */
    static @Nullable String sessionLimits(String url, long millis) {
        long idle = Math.max(1_000, millis / 2);
        long lock = Math.max(100, millis * 3 / 4);
        if (url.startsWith("jdbc:postgresql:")) {
            return "set lock_timeout = " + lock + "; set idle_in_transaction_session_timeout = " + idle;
        }
        if (url.startsWith("jdbc:mariadb:")) {
            return "set session innodb_lock_wait_timeout = " + Math.max(1, lock / 1000)
                    + ", session idle_transaction_timeout = " + idle / 1000;
        }
        return url.startsWith("jdbc:h2:") ? "set lock_timeout " + lock : null;
    }
}
