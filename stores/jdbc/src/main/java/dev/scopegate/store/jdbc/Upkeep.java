package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes of which no node need hear. */
final class Upkeep {
    private Upkeep() {}

    /** In the order of ids, so that two nodes that write the same tokens at once do not lock each other out. */
    static boolean used(Connection connection, Collection<TokenUse> uses) throws SQLException {
        String sql = "update scopegate_token set last_used_at = ?, last_used_ip = ?"
                + " where id = ? and (last_used_at is null or last_used_at < ?)";
        List<TokenUse> sorted = new ArrayList<>(uses);
        sorted.sort(Comparator.comparing(TokenUse::id));
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (TokenUse use : sorted) {
                TokenRow.set(update, 1, use.at());
                update.setString(2, use.ip());
                update.setString(3, use.id());
                TokenRow.set(update, 4, use.at());
                update.addBatch();
            }
            update.executeBatch();
        }
        return true;
    }

    static int purge(Connection connection, Instant deadBefore, int most) throws SQLException {
        List<String> dead = new ArrayList<>();
        for (String column : List.of("revoked_at", "expires_at")) {
            String sql = "select id from scopegate_token where " + column + " < ? order by " + column + " limit ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                TokenRow.set(select, 1, deadBefore);
                select.setInt(2, most - dead.size());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) dead.add(rows.getString(1));
                }
            }
        }
        int removed = 0;
        try (PreparedStatement delete = connection.prepareStatement("delete from scopegate_token where id = ?")) {
            for (String id : dead) {
                delete.setString(1, id);
                removed += delete.executeUpdate();
            }
        }
        return removed;
    }
}
