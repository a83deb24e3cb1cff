package dev.scopegate.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token file's JSON: {@code {"tokens":[{…,"secrets":[{"algorithm","hash","expires_at"}]}]}}. */
final class TokenJson {
    private TokenJson() {}

    static TokenTable read(byte[] bytes) throws IOException {
        try {
            JsonObject file = new JsonObject("the file", JsonValues.read(bytes));
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonValues.JSON.createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("tokens");
            for (StoredToken row : table.rows()) write(json, row);
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, StoredToken row) throws IOException {
        AccessToken token = row.token();
        json.writeStartObject();
        json.writeStringField("id", token.id());
        json.writeStringField("name", token.name());
        json.writeStringField("kind", token.kind().wireName());
        json.writeStringField("owner", token.owner());
        json.writeStringField("created_by", token.createdBy());
        write(json, "scopes", token.scopes());
        write(json, "resources", token.resources());
        write(json, "allowed_networks", token.allowedNetworks());
        write(json, "created_at", token.createdAt());
        write(json, "expires_at", token.expiresAt());
        write(json, "last_used_at", token.lastUsedAt());
        json.writeStringField("last_used_ip", token.lastUsedIp());
        write(json, "revoked_at", token.revokedAt());
        json.writeStringField("revoked_by", token.revokedBy());
        json.writeStringField("parent", token.parent());
        json.writeStringField("hint", token.hint());
        json.writeArrayFieldStart("secrets");
        for (StoredToken.Secret secret : row.secrets()) {
            json.writeStartObject();
            json.writeStringField("algorithm", secret.hash().algorithm().name());
            json.writeStringField("hash", secret.hash().hex());
            write(json, "expires_at", secret.expiresAt());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Collection<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) json.writeString(value.toString());
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String field, @Nullable Instant instant) throws IOException {
        json.writeStringField(field, instant == null ? null : instant.toString());
    }
}
