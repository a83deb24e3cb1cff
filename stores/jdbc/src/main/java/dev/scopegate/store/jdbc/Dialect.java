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

    /** Driver properties that bound how long a dead server is waited for; in milliseconds or seconds as drivers want. */
    static Properties timeouts(String url, long millis) {
        Properties properties = new Properties();
        String seconds = String.valueOf(Math.max(1, (millis + 999) / 1000));
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("socketTimeout", seconds);
            properties.setProperty("loginTimeout", seconds);
            properties.setProperty("tcpKeepAlive", "true");
        } else if (url.startsWith("jdbc:mariadb:")) {
            properties.setProperty("connectTimeout", String.valueOf(millis));
            properties.setProperty("socketTimeout", String.valueOf(millis));
        }
        return properties;
    }
}
