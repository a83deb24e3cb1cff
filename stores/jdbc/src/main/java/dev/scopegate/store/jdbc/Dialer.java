package dev.scopegate.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a pool's connections, and tries again at a steady pace while the database is away. The pool's own pauses between
 * tries grow to five seconds, which is how late a service would be back.
 */
final class Dialer implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(Dialer.class);
    private static final Duration PACE = Duration.ofMillis(200);

    private final DataSource database;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean persists;

    Dialer(DataSource database) {
        this.database = database;
    }

    /** From now on a failure is not told to the pool but tried again; before, it is what stops the start. */
    void persist() {
        persists = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean told = false;
        while (true) {
            try {
                return database.getConnection();
            } catch (SQLException e) {
                if (!persists || end.getCount() == 0) throw e;
                if (!told) LOG.warn("no connection to the database for now: {}", Complaint.of(e));
                told = true;
                pause(e);
            }
        }
    }

    private void pause(SQLException because) throws SQLException {
        try {
            if (end.await(PACE.toNanos(), TimeUnit.NANOSECONDS)) throw because;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pool is closed
            throw because;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is part of the pool's settings");
    }

    @Override
    public void close() {
        end.countDown();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    /** Nothing: the pool would set it for every driver in the process; how long is waited stands in the properties. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
