package dev.scopegate.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Where connections come from.
 *
 * @param source the pool
 * @param patient where connections come from for what may take its time, as making tables does
 * @param close ends the pool, if it is ours
 */
record Pool(DataSource source, DataSource patient, Runnable close) {
    private static final String NO_DRIVER = "No suitable driver"; // the words of DriverManager
    /** After a lost packet the system tries later and later; a new connection is quicker. */
    private static final long LONGEST_CONNECT = 2_000;

    static Pool open(Configuration configuration) {
        Optional<String> container = configuration.find(JdbcTokenStoreFactory.DATA_SOURCE);
        return container.isPresent() ? lookUp(container.get()) : own(configuration);
    }

    @SuppressWarnings("BanJNDI") // the container's own names only, never a URL
    private static Pool lookUp(String name) {
        if (!name.startsWith("java:")) {
            throw new ConfigurationException("jdbc-data-source: a name in this server begins with 'java:'");
        }
        try {
            if (InitialContext.doLookup(name) instanceof DataSource source) return new Pool(source, source, () -> {});
            throw new ConfigurationException("jdbc-data-source: " + name + " is no DataSource");
        } catch (NamingException e) {
            throw new ConfigurationException("jdbc-data-source: the container knows no " + name, e);
        }
    }

    private static Pool own(Configuration configuration) {
        String url = configuration.get(JdbcTokenStoreFactory.URL);
        long millis = configuration.get(JdbcTokenStoreFactory.TIMEOUT).toMillis();
        try {
            Dialer dialer = new Dialer(
                    driver(configuration, url, Dialect.timeouts(url, Math.min(millis, LONGEST_CONNECT), millis)));
            HikariDataSource source = new HikariDataSource(settings(configuration, url, millis, dialer));
            dialer.persist();
            Runnable close = () -> {
                dialer.close();
                source.close();
            };
            return new Pool(source, driver(configuration, url, new Properties()), close);
        } catch (RuntimeException e) {
            String said = e.getCause() instanceof SQLException ? Complaint.of(e) : NO_DRIVER;
            String why = said.equals(NO_DRIVER) ? "no driver on the class path takes such a URL" : said;
            throw new ConfigurationException("jdbc-url: the database cannot be used: " + why, e);
        }
    }

    private static DriverDataSource driver(Configuration configuration, String url, Properties properties) {
        return new DriverDataSource(
                url,
                Dialect.driver(url),
                properties,
                configuration.get(JdbcTokenStoreFactory.USER),
                configuration.get(JdbcTokenStoreFactory.PASSWORD));
    }

    private static HikariConfig settings(Configuration configuration, String url, long millis, DataSource database) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("scopegate");
        hikari.setDataSource(database);
        hikari.setMaximumPoolSize(configuration.get(JdbcTokenStoreFactory.POOL_SIZE));
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(millis);
        hikari.setValidationTimeout(Math.min(millis, 1_000));
        hikari.setInitializationFailTimeout(millis);
        hikari.setConnectionInitSql(Dialect.sessionLimits(url, millis));
        hikari.setExceptionOverride(new Eviction());
        return hikari;
    }

    /** A connection whose server is gone is not used again, whatever state the driver tells it by (H2: one of its own). */
    private static final class Eviction implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            boolean isOver = Database.isOutage(e) || "25P03".equals(e.getSQLState()); // PostgreSQL ended the session
            return isOver ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
