package dev.scopegate.store.jdbc;

import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table {@code scopegate_export_usage}: the sums of each account in each of its windows. */
final class ExportRows {
    private static final String KEYED = "account = ? and window_start = ?";

    private final Dialect dialect;

    /** Where a sum stands. Keys are locked in their order. */
    record RowKey(String account, Instant start) implements Comparable<RowKey> {
        private static final Comparator<RowKey> ORDER =
                Comparator.comparing(RowKey::account).thenComparing(RowKey::start);

        static RowKey of(ExportAccount account, Instant start) {
            byte[] hash = sha256().digest(account.key().getBytes(StandardCharsets.UTF_8));
            return new RowKey(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), start);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        public int compareTo(RowKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** What has been delivered of a window, and what is on lease. */
    record Sums(long used, long leased) {
        static final Sums NONE = new Sums(0, 0);

        Sums plus(long moreUsed, long moreLeased) {
            return new Sums(used + moreUsed, leased + moreLeased);
        }
    }

    /** An account's sums with whose they are. */
    record Usage(ExportAccount account, Sums sums) {}

    /**
     * Sums at one time.
     *
     * @param now by the database's clock when it was asked; null when there was no row to tell it
     */
    record Found(@Nullable Instant now, Map<RowKey, Sums> sums) {}

    ExportRows(Dialect dialect) {
        this.dialect = dialect;
    }

    Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + dialect.clock());
                ResultSet row = select.executeQuery()) {
            row.next();
            return TokenRow.instant(row.getLong(1));
        }
    }

    /** Reads rows, and locks them in the order of their keys if that is wanted. */
    Found read(Connection connection, Collection<RowKey> keys, boolean locked) throws SQLException {
        String sql = "select account, window_start, used, leased, " + dialect.clock()
                + " from scopegate_export_usage where "
                + String.join(" or ", Collections.nCopies(keys.size(), "(" + KEYED + ")"))
                + " order by account, window_start" + (locked ? " for update" : "");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int at = 1;
            for (RowKey key : keys) {
                select.setString(at++, key.account());
                TokenRow.set(select, at++, key.start());
            }
            Instant now = null;
            Map<RowKey, Sums> sums = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    RowKey key = new RowKey(rows.getString(1), TokenRow.instant(rows.getLong(2)));
                    sums.put(key, new Sums(rows.getLong(3), rows.getLong(4)));
                    now = TokenRow.instant(rows.getLong(5));
                }
            }
            return new Found(now, sums);
        }
    }

    /** Writes rows that are locked. */
    void write(Connection connection, Map<RowKey, Sums> sums) throws SQLException {
        String sql = "update scopegate_export_usage set used = ?, leased = ? where " + KEYED;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (var each : sums.entrySet()) {
                update.setLong(1, each.getValue().used());
                update.setLong(2, each.getValue().leased());
                key(update, 3, each.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Moves what was leased to what was used, without a look at the row; nothing where it is gone. */
    boolean settle(Connection connection, RowKey key, long granted, long used) throws SQLException {
        String sql = "update scopegate_export_usage set leased = leased - ?, used = used + ? where " + KEYED;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, granted);
            update.setLong(2, used);
            key(update, 3, key);
            return update.executeUpdate() == 1;
        }
    }

    /** Adds an empty row; false when somebody else was faster. */
    boolean insert(Connection connection, RowKey key, @Nullable Instant end, ExportAccount account)
            throws SQLException {
        String sql = "insert into scopegate_export_usage (account, window_start, window_end, resource, subject,"
                + " subject_id, owner, unit, per, used, leased) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            key(insert, 1, key);
            TokenRow.set(insert, 3, end);
            insert.setString(4, account.resource());
            insert.setString(5, account.subject().wireName());
            insert.setString(6, account.subjectId());
            insert.setString(7, account.owner());
            insert.setString(8, account.unit().wireName());
            insert.setString(9, account.per().wireName());
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (Writes.isDuplicate(e)) return false;
            throw e;
        }
    }

    private static void key(PreparedStatement statement, int at, RowKey key) throws SQLException {
        statement.setString(at, key.account());
        TokenRow.set(statement, at + 1, key.start());
    }

    /** The windows that run at an instant and have been used, of one owner and of everyone, or all. */
    List<Usage> running(Connection connection, @Nullable String owner, Instant now) throws SQLException {
        String sql = "select resource, subject, subject_id, owner, unit, per, used, leased from scopegate_export_usage"
                + " where (window_end is null or window_end > ?) and (used > 0 or leased > 0)"
                + (owner == null ? "" : " and owner in ('', ?)");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            TokenRow.set(select, 1, now);
            if (owner != null) select.setString(2, owner);
            List<Usage> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) found.add(new Usage(account(row), new Sums(row.getLong(7), row.getLong(8))));
            }
            found.sort(Comparator.comparing(one -> one.account().key()));
            return found;
        }
    }

    private static ExportAccount account(ResultSet row) throws SQLException {
        return new ExportAccount(
                row.getString(1),
                ExportLimit.Subject.valueOf(constant(row.getString(2))),
                row.getString(3),
                row.getString(4),
                ExportLimit.Unit.valueOf(constant(row.getString(5))),
                ExportLimit.Per.valueOf(constant(row.getString(6))));
    }

    private static String constant(String wireName) {
        return wireName.toUpperCase(Locale.ROOT);
    }

    /** Removes some of the windows that ended before. */
    boolean forget(Connection connection, Instant before, int most) throws SQLException {
        List<RowKey> ended = new ArrayList<>();
        String sql = "select account, window_start from scopegate_export_usage where window_end < ?"
                + " order by window_end limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            TokenRow.set(select, 1, before);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) ended.add(new RowKey(rows.getString(1), TokenRow.instant(rows.getLong(2))));
            }
        }
        ended.sort(null);
        try (PreparedStatement delete =
                connection.prepareStatement("delete from scopegate_export_usage where " + KEYED)) {
            for (RowKey key : ended) {
                key(delete, 1, key);
                delete.addBatch();
            }
            if (!ended.isEmpty()) delete.executeBatch();
        }
        return !ended.isEmpty();
    }
}
