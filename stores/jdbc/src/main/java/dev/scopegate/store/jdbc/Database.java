package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on connections so that a dead database never gathers threads: work has threads of its own, no more than there
 * are connections, and a caller waits for all of it, the place, the connection and the answers, no longer than the time-out,
 * whatever the driver or a container's pool makes of that. After an outage one caller at a time tries while all others are
 * told "unavailable" at once. Nobody who is interrupted interrupts the work: H2 closes its file under a thread that is. Safe
 * for any number of threads.
 */
final class Database implements AutoCloseable {
    /** What is done on a connection; it may still be done when its caller has been told that it takes too long. */
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
    private static final int THREAD_IDLE_SECONDS = 30;

    private final DataSource source;
    private final Semaphore places;
    private final long timeoutNanos;
    private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
    private final AtomicBoolean probing = new AtomicBoolean();
    /** As many as there are places, and those that have just given theirs back. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "scopegate-jdbc");
                thread.setDaemon(true);
                return thread;
            });

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
        return run(work, System.nanoTime() + timeoutNanos);
    }

    private <T> T run(Work<T> work, long deadline) throws Unavailable {
        Outage before = outage.get();
        if (before == null) return attempt(work, null, deadline);
        if (!probing.compareAndSet(false, true)) throw failedBefore();
        try {
            return attempt(work, before, deadline);
        } finally {
            probing.set(false);
        }
    }

    private <T> T attempt(Work<T> work, @Nullable Outage before, long deadline) throws Unavailable {
        take(deadline);
        long begin = System.nanoTime();
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return onConnection(work, before);
            } finally {
                places.release();
            }
        });
        try {
            threads.execute(task);
        } catch (OutOfMemoryError e) { // no thread to be had
            places.release();
            throw new Unavailable("there is no thread for the database", e, 1);
        } catch (RejectedExecutionException e) {
            places.release();
            throw new Unavailable("the store is closed", e);
        }
        return await(task, begin, deadline);
    }

    private <T> T await(FutureTask<T> task, long begin, long deadline) throws Unavailable {
        try {
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // who waited for a place, or for a row before, has not given the database much of a chance
            if (System.nanoTime() - begin >= timeoutNanos / 4 * 3) outage.set(new Outage());
            throw new Unavailable("the database does not answer in time", e, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the database", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unavailable unavailable) throw unavailable;
            if (e.getCause() instanceof RuntimeException broken) throw broken;
            if (e.getCause() instanceof Error broken) throw broken;
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> T onConnection(Work<T> work, @Nullable Outage before) throws Unavailable {
        // Whoever waited for a place while the database went away need not find out for himself.
        if (before == null && outage.get() != null) throw failedBefore();
        try (Loan loan = connect()) {
            T result = work.on(loan.connection());
            outage.compareAndSet(before, null); // but not an outage found since
            return result;
        } catch (SQLException e) {
            throw failed(e, before);
        }
    }

    private Loan connect() throws Unavailable {
        try {
            return Loan.of(source, (int) TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
        } catch (SQLException e) {
            outage.set(new Outage());
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
        long deadline = System.nanoTime() + timeoutNanos;
        for (int tries = 1; ; tries++) {
            try {
                return run(connection -> whole(connection, work, done), deadline);
            } catch (Unavailable e) {
                if (tries == TRIES || !isLostRace(e.getCause()) || System.nanoTime() - deadline >= 0) throw e;
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
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private void take(long deadline) throws Unavailable {
        try {
            if (places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) return;
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

    /** No work begins any more; what is under way ends by itself. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
