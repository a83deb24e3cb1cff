package dev.scopegate.store.jdbc;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code scopegate_audit}. A page is a walk along one index, from the page before on. */
record JdbcAuditLog(Database database) implements AuditLog {
    private static final String COLUMNS =
            "id, at, type, actor, token_id, resource, client_ip, outcome, code, bytes, records";

    private static final String INSERT =
            "insert into scopegate_audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public void append(List<AuditEvent> events) throws Unavailable {
        if (events.isEmpty() || insert(events) || events.size() == 1) return;
        for (AuditEvent event : events) {
            boolean unused = insert(List.of(event)); // some have come with a call that was in doubt
        }
    }

    /** All or none: false when one is there already. */
    private boolean insert(List<AuditEvent> events) throws Unavailable {
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (AuditEvent event : events) {
                    write(event, insert);
                    insert.addBatch();
                }
                insert.executeBatch();
                return true;
            } catch (SQLException e) {
                if (Writes.isDuplicate(e)) return false;
                throw e;
            }
        });
    }

    private static void write(AuditEvent event, PreparedStatement insert) throws SQLException {
        insert.setString(1, event.id());
        TokenRow.set(insert, 2, event.at());
        insert.setString(3, event.type().wireName());
        insert.setString(4, event.actor());
        insert.setString(5, event.tokenId());
        insert.setString(6, event.resource());
        insert.setString(7, event.clientIp());
        insert.setString(8, event.outcome().wireName());
        insert.setString(9, event.code());
        insert.setObject(10, event.bytes(), Types.BIGINT);
        insert.setObject(11, event.records(), Types.BIGINT);
    }

    @Override
    public AuditPage page(AuditQuery query, @Nullable String before, int size) throws Unavailable {
        StringBuilder where = new StringBuilder();
        List<String> values = new ArrayList<>();
        if (query.type() != null) and(where, values, "type = ?", query.type().wireName());
        and(where, values, "actor = ?", query.actor());
        and(where, values, "token_id = ?", query.tokenId());
        and(where, values, "id >= ?", query.lowestId());
        and(where, values, "id < ?", query.idsBelow(before));
        String sql = "select " + COLUMNS + " from scopegate_audit" + where + " order by id desc limit ?";
        return AuditPage.of(database.run(connection -> select(connection, sql, values, size + 1)), size);
    }

    private static void and(StringBuilder where, List<String> values, String condition, @Nullable String value) {
        if (value == null) return;
        where.append(where.isEmpty() ? " where " : " and ").append(condition);
        values.add(value);
    }

    private static List<AuditEvent> select(Connection connection, String sql, List<String> values, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int place = 0;
            for (String value : values) select.setString(++place, value);
            select.setInt(++place, most);
            try (ResultSet rows = select.executeQuery()) {
                List<AuditEvent> found = new ArrayList<>();
                while (rows.next()) found.add(read(rows));
                return found;
            }
        }
    }

    private static AuditEvent read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new AuditEvent(
                id,
                Instant.ofEpochMilli(Math.floorDiv(row.getLong("at"), 1_000L)),
                known(AuditType.ofWireName(row.getString("type")), id),
                row.getString("actor"),
                row.getString("token_id"),
                row.getString("resource"),
                row.getString("client_ip"),
                known(AuditOutcome.ofWireName(row.getString("outcome")), id),
                row.getString("code"),
                number(row, "bytes"),
                number(row, "records"));
    }

    private static <T> T known(Optional<T> read, String id) throws SQLException {
        return read.orElseThrow(() -> new SQLException("the event " + id + " is of a later version"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    @Override
    public int purge(Instant before, int most) throws Unavailable {
        return database.run(connection -> {
            String sql = "select id from scopegate_audit where id < ? order by id limit ?";
            String last = null;
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, AuditEvent.firstIdAt(before.toEpochMilli()));
                select.setInt(2, most);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) last = rows.getString(1);
                }
            }
            if (last == null) return 0;
            try (PreparedStatement delete = connection.prepareStatement("delete from scopegate_audit where id <= ?")) {
                delete.setString(1, last);
                return delete.executeUpdate();
            }
        });
    }
}
