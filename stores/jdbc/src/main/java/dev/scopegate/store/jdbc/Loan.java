package dev.scopegate.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;

/**
 * A connection of a pool that may be an application server's: whatever its state there, here each statement is committed by
 * itself and no answer is waited for without end. It goes back as it came. For one thread.
 */
final class Loan implements AutoCloseable {
    private static final int UNCHANGED = -1;

    private final Connection connection;
    private boolean wasManual;
    private int waitedBefore = UNCHANGED;

    private Loan(Connection connection) {
        this.connection = connection;
    }

    /**
     * Borrows a connection.
     *
     * @param millis how long an answer is waited for at most
     */
    static Loan of(DataSource source, int millis) throws SQLException {
        Loan loan = new Loan(source.getConnection());
        try {
            loan.prepare(millis);
            return loan;
        } catch (SQLException | RuntimeException e) {
            loan.discard();
            throw e;
        }
    }

    private void prepare(int millis) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
            wasManual = true;
        }
        try {
            int before = connection.getNetworkTimeout();
            if (before > 0 && before <= millis) return;
            connection.setNetworkTimeout(Runnable::run, millis);
            waitedBefore = before;
        } catch (SQLFeatureNotSupportedException e) {
            waitedBefore = UNCHANGED; // the caller is not kept waiting all the same
        }
    }

    Connection connection() {
        return connection;
    }

    /** Ends a connection of which it is not known what it will say next. */
    void discard() {
        try {
            connection.abort(Runnable::run);
            connection.close();
        } catch (SQLException | RuntimeException unusable) {
            // which is what was wanted
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection back = connection) {
            if (back.isClosed()) return;
            if (waitedBefore != UNCHANGED) back.setNetworkTimeout(Runnable::run, waitedBefore);
            if (wasManual) back.setAutoCommit(false);
        }
    }
}
