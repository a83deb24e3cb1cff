package dev.scopegate.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.scopegate.net.Network;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token as a row of {@code scopegate_token}. */
final class TokenRow {
    /** The columns in the order in which {@link #write} sets them. */
    static final String COLUMNS = "id, kind, name, owner, created_by, scopes, resources, allowed_networks, created_at,"
            + " expires_at, last_used_at, last_used_ip, revoked_at, revoked_by, parent, hint, secrets, taken_name,"
            + " folded_name";

    static final int COLUMN_COUNT = 19;
    private static final int TAKEN_NAME = 18;

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenRow() {}

    /** A row that is none of ours is the database's failure, not the request's. */
    static StoredToken read(ResultSet row) throws SQLException {
        try {
            return parse(row);
        } catch (RuntimeException e) {
            throw new SQLException("a row of scopegate_token is ill-formed", e);
        }
    }

    private static StoredToken parse(ResultSet row) throws SQLException {
        AccessToken facts = AccessToken.builder(
                        TokenKind.ofWireName(row.getString("kind")),
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("owner"))
                .createdBy(row.getString("created_by"))
                .scopes(texts(row.getString("scopes")))
                .resources(texts(row.getString("resources")))
                .allowedNetworks(texts(row.getString("allowed_networks")).stream()
                        .map(Network::parse)
                        .toList())
                .createdAt(instant(row.getLong("created_at")))
                .expiresAt(instant(row, "expires_at"))
                .lastUsed(instant(row, "last_used_at"), row.getString("last_used_ip"))
                .revoked(instant(row, "revoked_at"), row.getString("revoked_by"))
                .parent(row.getString("parent"))
                .hint(row.getString("hint"))
                .build();
        return new StoredToken(facts, secrets(row.getString("secrets")));
    }

    static void write(StoredToken stored, PreparedStatement row) throws SQLException {
        AccessToken token = stored.token();
        int i = 0;
        row.setString(++i, token.id());
        row.setString(++i, token.kind().wireName());
        row.setString(++i, token.name());
        row.setString(++i, token.owner());
        row.setString(++i, token.createdBy());
        row.setString(++i, json(token.scopes()));
        row.setString(++i, json(token.resources()));
        row.setString(++i, json(token.allowedNetworks()));
        set(row, ++i, token.createdAt());
        set(row, ++i, token.expiresAt());
        set(row, ++i, token.lastUsedAt());
        row.setString(++i, token.lastUsedIp());
        set(row, ++i, token.revokedAt());
        row.setString(++i, token.revokedBy());
        row.setString(++i, token.parent());
        row.setString(++i, token.hint());
        row.setString(++i, json(stored));
        row.setString(++i, token.revokedAt() == null ? token.name() : null);
        row.setString(++i, TokenQuery.fold(token.name()));
    }

    /** After {@link #write}: another token may have the name. */
    static void giveUpName(PreparedStatement row) throws SQLException {
        row.setString(TAKEN_NAME, null);
    }

    static void set(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) statement.setNull(index, Types.BIGINT);
        else statement.setLong(index, TokenCursor.micros(instant));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    private static List<String> texts(String json) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : tree(json)) texts.add(text.textValue());
        return texts;
    }

    private static String json(Collection<?> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array.toString();
    }

    private static List<StoredToken.Secret> secrets(String json) throws SQLException {
        List<StoredToken.Secret> secrets = new ArrayList<>();
        for (JsonNode secret : tree(json)) {
            SecretHash.Algorithm algorithm =
                    SecretHash.Algorithm.valueOf(secret.path("algorithm").textValue());
            SecretHash hash = SecretHash.ofHex(algorithm, secret.path("hash").textValue());
            JsonNode end = secret.path("expires_at");
            secrets.add(new StoredToken.Secret(hash, end.isNumber() ? instant(end.longValue()) : null));
        }
        return secrets;
    }

    private static String json(StoredToken stored) {
        ArrayNode array = JSON.createArrayNode();
        for (StoredToken.Secret secret : stored.secrets()) {
            Instant end = secret.expiresAt();
            array.addObject()
                    .put("algorithm", secret.hash().algorithm().name())
                    .put("hash", secret.hash().hex())
                    .put("expires_at", end == null ? null : TokenCursor.micros(end));
        }
        return array.toString();
    }

    private static JsonNode tree(String json) throws SQLException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("a row of scopegate_token holds something that is not JSON", e);
        }
    }
}
