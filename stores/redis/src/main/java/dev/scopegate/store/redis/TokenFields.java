package dev.scopegate.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.scopegate.net.Network;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token as the fields of a Redis hash: hashes of secrets, never secrets. What is unset has no field. */
final class TokenFields {
    /** Counts the writes of a token, but not its uses. */
    static final String VERSION = "version";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenFields() {}

    /** A row that is none of ours is the store's failure, not the request's. */
    static @Nullable StoredToken read(Map<String, String> fields) throws Unavailable {
        if (fields.isEmpty()) return null;
        try {
            return parse(fields);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new Unavailable("a token in Redis is ill-formed", null); // without the cause, which quotes it
        }
    }

    /** Fields and values in turns, as scripts answer with them. */
    static @Nullable StoredToken read(List<?> flat) throws Unavailable {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) fields.put((String) flat.get(i), (String) flat.get(i + 1));
        return read(fields);
    }

    private static StoredToken parse(Map<String, String> fields) throws JsonProcessingException {
        AccessToken facts = AccessToken.builder(
                        TokenKind.ofWireName(text(fields, "kind")),
                        text(fields, "id"),
                        text(fields, "name"),
                        text(fields, "owner"))
                .createdBy(text(fields, "created_by"))
                .scopes(texts(text(fields, "scopes")))
                .resources(texts(text(fields, "resources")))
                .allowedNetworks(texts(text(fields, "allowed_networks")).stream()
                        .map(Network::parse)
                        .toList())
                .createdAt(instant(Long.parseLong(text(fields, "created_at"))))
                .expiresAt(instant(fields.get("expires_at")))
                .lastUsed(instant(fields.get("last_used_at")), fields.get("last_used_ip"))
                .revoked(instant(fields.get("revoked_at")), fields.get("revoked_by"))
                .parent(fields.get("parent"))
                .hint(text(fields, "hint"))
                .build();
        return new StoredToken(facts, secrets(text(fields, "secrets")));
    }

    /** Fields and values in turns. */
    static List<String> of(StoredToken stored) {
        AccessToken token = stored.token();
        List<String> fields = new ArrayList<>();
        put(fields, "id", token.id());
        put(fields, "kind", token.kind().wireName());
        put(fields, "name", token.name());
        put(fields, "folded_name", TokenQuery.fold(token.name()));
        put(fields, "owner", token.owner());
        put(fields, "created_by", token.createdBy());
        put(fields, "scopes", json(token.scopes()));
        put(fields, "resources", json(token.resources()));
        put(fields, "allowed_networks", json(token.allowedNetworks()));
        put(fields, "created_at", text(token.createdAt()));
        put(fields, "place", place(TokenCursor.micros(token.createdAt())));
        put(fields, "expires_at", text(token.expiresAt()));
        put(fields, "last_used_at", text(token.lastUsedAt()));
        put(fields, "last_used_ip", token.lastUsedIp());
        put(fields, "revoked_at", text(token.revokedAt()));
        put(fields, "revoked_by", token.revokedBy());
        put(fields, "parent", token.parent());
        put(fields, "hint", token.hint());
        put(fields, "secrets", json(stored));
        return fields;
    }

    private static void put(List<String> fields, String name, @Nullable String value) {
        if (value == null) return;
        fields.add(name);
        fields.add(value);
    }

    private static String text(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name));
    }

    /** A moment in microseconds as a text of the same order, of any year. */
    static String place(long micros) {
        return String.format("%016x", micros ^ Long.MIN_VALUE);
    }

    static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : String.valueOf(TokenCursor.micros(instant));
    }

    private static @Nullable Instant instant(@Nullable String micros) {
        return micros == null ? null : instant(Long.parseLong(micros));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static List<String> texts(String json) throws JsonProcessingException {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : JSON.readTree(json)) texts.add(text.textValue());
        return texts;
    }

    private static String json(Collection<?> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array.toString();
    }

    private static List<StoredToken.Secret> secrets(String json) throws JsonProcessingException {
        List<StoredToken.Secret> secrets = new ArrayList<>();
        for (JsonNode secret : JSON.readTree(json)) {
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
}
