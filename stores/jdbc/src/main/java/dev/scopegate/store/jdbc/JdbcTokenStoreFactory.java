package dev.scopegate.store.jdbc;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Setting;
import dev.scopegate.store.TokenStore;
import dev.scopegate.store.TokenStoreFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Makes the store of {@code store=jdbc}. */
public final class JdbcTokenStoreFactory implements TokenStoreFactory {
    /** The database, unless a container's DataSource is named. */
    public static final Setting<String> URL = Setting.text(
            "jdbc-url",
            null,
            "The database: `jdbc:h2:…`, `jdbc:postgresql:…` or `jdbc:mariadb:…`; required by `store=jdbc` unless"
                    + " `jdbc-data-source` names a container's.");

    /** Who connects. */
    public static final Setting<String> USER = Setting.text("jdbc-user", "", "The database user.");

    /** The user's password. */
    public static final Setting<String> PASSWORD =
            Setting.text("jdbc-password", "", "The user's password; give it as `${file:…}` or `${env:…}`.");

    /** A container's own pool. */
    public static final Setting<String> DATA_SOURCE = Setting.text(
            "jdbc-data-source",
            null,
            "The JNDI name of a container's DataSource, such as `java:comp/env/jdbc/tokens`.");

    /** How many connections a node opens. */
    public static final Setting<Integer> POOL_SIZE = Setting.number(
            "jdbc-pool-size",
            8,
            3,
            500,
            "How many connections a node opens, one or two of them for the changes of other nodes.");

    /** How long anything waits for the database. */
    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "jdbc-timeout", "2s", "250ms", "1m", "How long a request waits for the database before it is told 503.");

    /** How often the table of changes is read. */
    public static final Setting<Duration> POLL = Setting.duration(
            "jdbc-poll",
            "1s",
            "10ms",
            "1m",
            "How often a node reads what other nodes changed, on H2 and MariaDB; PostgreSQL tells it at once.");

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Collection<Setting<?>> settings() {
        return List.of(URL, USER, PASSWORD, DATA_SOURCE, POOL_SIZE, TIMEOUT, POLL);
    }

    @Override
    public TokenStore create(Configuration configuration, Clock clock) {
        return JdbcTokenStore.open(configuration, clock);
    }
}
