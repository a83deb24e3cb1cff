package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statement that reads one page of tokens: a walk along one index, from the cursor on. For one thread. */
final class PageSelect {
    /** After every name with a prefix, in the order of the database's texts. */
    private final String last;

    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    PageSelect(Dialect dialect) {
        // H2 compares UTF-16 code units, the others bytes of UTF-8
        last = dialect == Dialect.H2 ? "\uFFFF" : Character.toString(Character.MAX_CODE_POINT);
    }

    TokenPage read(Connection connection, TokenQuery query, @Nullable TokenCursor after, int size, Instant now)
            throws SQLException {
        conditions(query, now);
        if (after != null) beginAfter(query, after);
        String order = query.isByName() ? "folded_name, id" : "created_at desc, id desc";
        String sql = "select " + TokenRow.COLUMNS + " from scopegate_token" + (where.isEmpty() ? "" : " where " + where)
                + " order by " + order + " limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int place = 0;
            for (Object value : values) select.setObject(++place, value);
            select.setInt(++place, size + 1);
            try (ResultSet rows = select.executeQuery()) {
                List<AccessToken> found = new ArrayList<>();
                while (rows.next()) found.add(TokenRow.read(rows).token());
                return TokenPage.of(query, found, size);
            }
        }
    }

    private void conditions(TokenQuery query, Instant now) {
        if (query.owner() != null) and("owner = ?", query.owner());
        if (query.kind() != null) and("kind = ?", query.kind().wireName());
        if (query.parent() != null) and("parent = ?", query.parent());
        if (query.isByName()) {
            String prefix = TokenQuery.fold(query.namePrefix());
            and("folded_name >= ? and folded_name < ?", prefix, prefix + last);
        }
        if (query.expiresBefore() != null) and("expires_at < ?", TokenCursor.micros(query.expiresBefore()));
        if (query.status() == null) return;
        long at = TokenCursor.micros(now);
        switch (query.status()) {
            case ACTIVE -> and("revoked_at is null and (expires_at is null or expires_at > ?)", at);
            case EXPIRED -> and("revoked_at is null and expires_at <= ?", at);
            case REVOKED -> and("revoked_at is not null");
        }
    }

    private void beginAfter(TokenQuery query, TokenCursor after) {
        // the first half is what makes databases begin at the index entry instead of reading up to it
        if (query.isByName()) {
            and("folded_name >= ? and (folded_name > ? or id > ?)", after.key(), after.key(), after.id());
        } else {
            long created = after.createdMicros();
            and("created_at <= ? and (created_at < ? or id < ?)", created, created, after.id());
        }
    }

    private void and(String condition, Object... operands) {
        if (!where.isEmpty()) where.append(" and ");
        where.append(condition);
        values.addAll(List.of(operands));
    }
}
