package dev.scopegate.store.jdbc;

import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;

import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;

/** The table {@code scopegate_change}, written as another node would. */
final class ChangeTable {
    private ChangeTable() {}

    /** Numbers are given when rows are inserted, and seen when they are committed. */
    static void aChangeWithAnEarlierNumberIsHeardAfterALaterOne(TokenRepository node, Connection early, Connection late)
            throws Exception {
        BlockingQueue<TokenChange> heard = heardOn(node);
        early.setAutoCommit(false);
        insert(early, "early");
        insertMany(late);
        insert(late, "late");
        await(heard, new TokenChange.OfToken("late"));
        early.commit();
        await(heard, new TokenChange.OfToken("early"));
    }

    /** More than are read again however old they are. */
    private static void insertMany(Connection connection) throws SQLException {
        String rows = String.join(", ", Collections.nCopies(1_500, "('another', 'token', 'one of many', 0)"));
        try (Statement insert = connection.createStatement()) {
            insert.executeUpdate("insert into scopegate_change (node, kind, subject, at) values " + rows);
        }
    }

    private static void insert(Connection connection, String id) throws SQLException {
        String sql = "insert into scopegate_change (node, kind, subject, at) values ('another', 'token', ?, 0)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }
}
