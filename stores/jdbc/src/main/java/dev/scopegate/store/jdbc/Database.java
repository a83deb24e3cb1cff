package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on connections so that a dead database never gathers threads: no more try than there are connections, the
 * others wait for one no longer than the time-out, and after an outage one caller at a time tries while all others are told
 * "unavailable" at once. Safe for any number of threads.
 */
final class Database {
    /** What is done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** One time that the server was found gone; told apart by identity. */
    private static final class Outage {}

    private static final String FATE_UNKNOWN = "40003";
    private static final int TRIES = 5;
    private static final int MARIADB_LOCK_WAIT = 1205;
    private static final int MARIADB_ROW_CHANGED = 1020;

    private final DataSource source;
    private final Semaphore places;
    private final long timeoutNanos;
    private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
    private final AtomicBoolean probing = new AtomicBoolean();

    Database(DataSource source, int places, long timeoutNanos) {
        this.source = source;
        this.places = new Semaphore(places, true);
        this.timeoutNanos = timeoutNanos;
    }

    /** Whether the server was gone when it was last tried. */
    boolean isOut() {
        return outage.get() != null;
    }

    /** Somebody else has found that the server answers: were that not told, a node that gets no requests would stay "down". */
    void answers() {
        outage.set(null);
    }

    /** Work that is one statement, or more that need not hold together. */
    <T> T run(Work<T> work) throws Unavailable {
        Outage before = outage.get();
        if (before == null) return attempt(work, null);
        if (!probing.compareAndSet(false, true)) throw failedBefore();
        try {
            return attempt(work, before);
        } finally {
            probing.set(false);
        }
    }

    private <T> T attempt(Work<T> work, @Nullable Outage before) throws Unavailable {
        take();
        try {
            // Whoever waited for a place while the database went away need not find out for himself.
            if (before == null && outage.get() != null) throw failedBefore();
            try (Connection connection = connect()) {
                T result = work.on(connection);
                outage.compareAndSet(before, null); // but not an outage found since
                return result;
            } catch (SQLException e) {
                throw failed(e, before);
            }
        } finally {
            places.release();
        }
    }

    private Connection connect() throws Unavailable {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            if (!Thread.currentThread().isInterrupted()) outage.set(new Outage());
            throw new Unavailable("no connection to the database: " + e.getMessage(), e);
        }
    }

    private Unavailable failed(SQLException e, @Nullable Outage before) {
        if (isOutage(e)) {
            outage.set(new Outage());
            return new Unavailable("the connection to the database failed: " + e.getMessage(), e);
        }
        outage.compareAndSet(before, null); // it has answered
        // What a driver says about a statement may quote values.
        return new Unavailable("the database refused a statement: " + e.getSQLState() + "/" + e.getErrorCode(), e);
    }

    /** {@link #transaction(Work, Predicate)} of work that says whether it has done anything. */
    boolean transaction(Work<Boolean> work) throws Unavailable {
        return transaction(work, done -> done);
    }

    /**
     * Work that happens whole, or not at all. It is done again when the database has undone it in favour of another
     * transaction.
     *
     * @param done whether what it returns is to stay
     */
    <T> T transaction(Work<T> work, Predicate<T> done) throws Unavailable {
        for (int tries = 1; ; tries++) {
            try {
                return run(connection -> whole(connection, work, done));
            } catch (Unavailable e) {
                if (tries == TRIES || !isLostRace(e.getCause())) throw e;
            }
        }
    }

    private static <T> T whole(Connection connection, Work<T> work, Predicate<T> done) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            if (done.test(result)) connection.commit();
            else connection.rollback();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private void take() throws Unavailable {
        try {
            if (places.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a connection", e);
        }
        throw new Unavailable("all connections to the database are busy", null, 1);
    }

    private static Unavailable failedBefore() {
        return new Unavailable("the database failed a moment ago", null, 1);
    }

    /** Whether the server is gone, as opposed to one statement that it refused. */
    static boolean isOutage(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08") // connection exception
                || state.startsWith("57P") // PostgreSQL shuts down or starts
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException;
    }

    /** A deadlock, a serialization failure or MariaDB's two kinds of them: nothing has happened. */
    private static boolean isLostRace(@Nullable Throwable cause) {
        if (!(cause instanceof SQLException e)) return false;
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean mariaDb = state.equals("HY000")
                && (e.getErrorCode() == MARIADB_LOCK_WAIT || e.getErrorCode() == MARIADB_ROW_CHANGED);
        if (state.equals(FATE_UNKNOWN)) return false;
        return state.startsWith("40") || e instanceof SQLTransactionRollbackException || mariaDb;
    }
}
