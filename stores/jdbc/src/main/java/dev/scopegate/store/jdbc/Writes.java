package dev.scopegate.store.jdbc;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenChange;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Changes that are told: here before the call returns, on other nodes when it is committed. */
record Writes(Database database, Feed feed) {
    private static final int MARIADB_DUPLICATE = 1062;

    /** Changes something and tells of it in one transaction; false: nothing was changed. */
    boolean change(TokenChange change, Database.Work<Boolean> work) throws Unavailable {
        return change(change, work, done -> done);
    }

    /**
     * Changes something and tells of it in one transaction.
     *
     * @param done whether what the work returned means that it changed something
     */
    <T> T change(TokenChange change, Database.Work<T> work, Predicate<T> done) throws Unavailable {
        String as = feed.name(); // as it is now: when the call has failed, its change is heard of as another node's
        T outcome;
        try {
            outcome = database.transaction(
                    connection -> {
                        T result = work.on(connection);
                        if (done.test(result)) feed.publish(connection, as, change);
                        return result;
                    },
                    done);
        } catch (Unavailable e) {
            feed.tellInDoubt(change);
            throw e;
        }
        if (done.test(outcome)) feed.tell(change);
        return outcome;
    }

    /** The same for what ends tokens: told here in any case, as this node may not have heard yet that another was faster. */
    <T> T end(TokenChange change, Database.Work<T> work, Predicate<T> done) throws Unavailable {
        T outcome = change(change, work, done);
        if (!done.test(outcome)) feed.tell(change);
        return outcome;
    }

    /** Whether a row was refused because another has its key. */
    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE;
    }
}
