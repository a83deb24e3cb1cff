package dev.scopegate.store.jdbc;

import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.export.ExportPolicyText;
import dev.scopegate.problem.Unavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table {@code scopegate_export_policy}, read each time, so that a change holds on all nodes from its commit on. */
record JdbcExportPolicies(Database database) implements ExportPolicyStore {
    @Override
    public @Nullable ExportPolicy find(String resource) throws Unavailable {
        String sql = "select policy from scopegate_export_policy where resource = ?";
        Optional<String> text = database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, resource);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
        return text.isEmpty() ? null : read(resource, text.get());
    }

    private static ExportPolicy read(String resource, String text) throws Unavailable {
        try {
            return ExportPolicyText.read(text);
        } catch (IllegalArgumentException e) {
            throw new Unavailable("the database holds an ill-formed export policy of '" + resource + "'", e);
        }
    }

    @Override
    public SortedMap<String, ExportPolicy> all() throws Unavailable {
        SortedMap<String, String> texts = database.run(connection -> {
            String sql = "select resource, policy from scopegate_export_policy";
            SortedMap<String, String> found = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.put(rows.getString(1), rows.getString(2));
            }
            return found;
        });
        SortedMap<String, ExportPolicy> all = new TreeMap<>();
        for (var each : texts.entrySet()) all.put(each.getKey(), read(each.getKey(), each.getValue()));
        return all;
    }

    @Override
    public void put(String resource, ExportPolicy policy) throws Unavailable {
        String text = ExportPolicyText.write(policy);
        while (!update(resource, text) && !insert(resource, text)) {} // somebody else may add or remove it in between
    }

    private boolean update(String resource, String text) throws Unavailable {
        String sql = "update scopegate_export_policy set policy = ? where resource = ?";
        return database.transaction(connection -> one(connection, sql, text, resource));
    }

    private boolean insert(String resource, String text) throws Unavailable {
        String sql = "insert into scopegate_export_policy (policy, resource) values (?, ?)";
        return database.transaction(connection -> {
            try {
                return one(connection, sql, text, resource);
            } catch (SQLException e) {
                if (Writes.isDuplicate(e)) return false;
                throw e;
            }
        });
    }

    @Override
    public boolean remove(String resource) throws Unavailable {
        return database.transaction(
                connection -> one(connection, "delete from scopegate_export_policy where resource = ?", resource));
    }

    private static boolean one(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            return statement.executeUpdate() == 1;
        }
    }
}
