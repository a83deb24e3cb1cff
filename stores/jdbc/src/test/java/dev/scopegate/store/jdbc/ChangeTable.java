package dev.scopegate.store.jdbc;

import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;

import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
        insert(late, "late");
        await(heard, new TokenChange.OfToken("late"));
        early.commit();
        await(heard, new TokenChange.OfToken("early"));
    }

    private static void insert(Connection connection, String id) throws SQLException {
        String sql = "insert into scopegate_change (node, kind, subject, at) values ('another', 'token', ?, 0)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }
}
