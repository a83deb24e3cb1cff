package dev.scopegate.store;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenKind;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token file's JSON: {@code {"tokens":[{…,"secrets":[{"algorithm","hash","expires_at"}]}]}}. */
final class TokenJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenJson() {}

    static TokenTable read(byte[] bytes) throws IOException {
        try {
            JsonNode root = JSON.readTree(bytes);
            JsonObject file = new JsonObject("the file", root);
            Map<String, StoredToken> byId = new LinkedHashMap<>();
            for (JsonObject row : file.objects("tokens")) {
                StoredToken stored = token(row);
                if (byId.put(stored.token().id(), stored) != null) {
                    throw row.wrong("id", "is that of another token of the file");
                }
            }
            file.refuseOthers();
            return new TokenTable(byId);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // null when a limit of the parser is exceeded
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            // without the parser's own words and without its exception: both quote the file
            throw new IllegalArgumentException(where + "not well-formed JSON");
        }
    }

    private static StoredToken token(JsonObject row) {
        String owner = row.text("owner");
        AccessToken facts = AccessToken.builder(
                        row.as("kind", TokenKind::ofWireName), row.as("id", TokenJson::id), row.text("name"), owner)
                .createdBy(row.text("created_by"))
                .scopes(row.texts("scopes"))
                .resources(row.texts("resources"))
                .allowedNetworks(row.texts("allowed_networks").stream()
                        .map(text -> row.read("allowed_networks", text, Network::parse))
                        .toList())
                .createdAt(row.as("created_at", Instant::parse))
                .expiresAt(row.find("expires_at", Instant::parse))
                .lastUsed(row.find("last_used_at", Instant::parse), row.find("last_used_ip", text -> text))
                .revoked(row.find("revoked_at", Instant::parse), row.find("revoked_by", text -> text))
                .parent(row.find("parent", text -> text))
                .hint(row.text("hint"))
                .build();
        List<StoredToken.Secret> secrets =
                row.objects("secrets").stream().map(TokenJson::secret).toList();
        if (secrets.isEmpty() && facts.kind() != TokenKind.JWT) throw row.wrong("secrets", "is empty");
        row.refuseOthers();
        return new StoredToken(facts, secrets);
    }

    private static String id(String text) {
        if (text.matches("[0-9A-Za-z]{14}")) return text;
        throw new IllegalArgumentException("14 letters and digits are needed");
    }

    private static StoredToken.Secret secret(JsonObject row) {
        SecretHash.Algorithm algorithm = row.as("algorithm", SecretHash.Algorithm::valueOf);
        SecretHash hash = row.as("hash", hex -> SecretHash.ofHex(algorithm, hex));
        Instant expiresAt = row.find("expires_at", Instant::parse);
        row.refuseOthers();
        return new StoredToken.Secret(hash, expiresAt);
    }

    static byte[] write(TokenTable table) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode rows = root.putArray("tokens");
        for (StoredToken row : table.rows()) write(rows.addObject(), row);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static void write(ObjectNode json, StoredToken row) {
        AccessToken token = row.token();
        json.put("id", token.id())
                .put("name", token.name())
                .put("kind", token.kind().wireName())
                .put("owner", token.owner())
                .put("created_by", token.createdBy());
        put(json.putArray("scopes"), token.scopes());
        put(json.putArray("resources"), token.resources());
        put(json.putArray("allowed_networks"), token.allowedNetworks());
        json.put("created_at", token.createdAt().toString())
                .put("expires_at", text(token.expiresAt()))
                .put("last_used_at", text(token.lastUsedAt()))
                .put("last_used_ip", token.lastUsedIp())
                .put("revoked_at", text(token.revokedAt()))
                .put("revoked_by", token.revokedBy())
                .put("parent", token.parent())
                .put("hint", token.hint());
        ArrayNode secrets = json.putArray("secrets");
        for (StoredToken.Secret secret : row.secrets()) {
            secrets.addObject()
                    .put("algorithm", secret.hash().algorithm().name())
                    .put("hash", secret.hash().hex())
                    .put("expires_at", text(secret.expiresAt()));
        }
    }

    private static void put(ArrayNode array, Collection<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
