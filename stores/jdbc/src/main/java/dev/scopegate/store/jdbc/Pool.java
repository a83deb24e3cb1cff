package dev.scopegate.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import java.sql.SQLException;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Where connections come from.
 *
 * @param source the pool
 * @param close ends the pool, if it is ours
 */
record Pool(DataSource source, Runnable close) {
    private static final String NO_DRIVER = "No suitable driver"; // the words of DriverManager

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
            if (InitialContext.doLookup(name) instanceof DataSource source) return new Pool(source, () -> {});
            throw new ConfigurationException("jdbc-data-source: " + name + " is no DataSource");
        } catch (NamingException e) {
            throw new ConfigurationException("jdbc-data-source: the container knows no " + name, e);
        }
    }

    private static Pool own(Configuration configuration) {
        String url = configuration.get(JdbcTokenStoreFactory.URL);
        long millis = configuration.get(JdbcTokenStoreFactory.TIMEOUT).toMillis();
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("scopegate");
        hikari.setJdbcUrl(url);
        hikari.setUsername(configuration.get(JdbcTokenStoreFactory.USER));
        hikari.setPassword(configuration.get(JdbcTokenStoreFactory.PASSWORD));
        hikari.setMaximumPoolSize(configuration.get(JdbcTokenStoreFactory.POOL_SIZE));
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(millis);
        hikari.setValidationTimeout(Math.min(millis, 1_000));
        hikari.setInitializationFailTimeout(millis);
        hikari.setExceptionOverride(new Eviction());
        hikari.setDataSourceProperties(Dialect.timeouts(url, millis));
        try {
            String driver = Dialect.driver(url);
            if (driver != null) hikari.setDriverClassName(driver);
            HikariDataSource source = new HikariDataSource(hikari);
            return new Pool(source, source::close);
        } catch (RuntimeException e) {
            String said = e.getCause() instanceof SQLException ? Complaint.of(e) : NO_DRIVER;
            String why = said.equals(NO_DRIVER) ? "no driver on the class path takes such a URL" : said;
            throw new ConfigurationException("jdbc-url: the database cannot be used: " + why, e);
        }
    }

    /** A connection whose server is gone is not used again, whatever state the driver tells it by (H2: one of its own). */
    private static final class Eviction implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return Database.isOutage(e) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
