package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.store.TokenCursor;
import dev.scopegate.store.TokenPage;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A token's facts as JSON: the same object wherever a token is shown. Stateless. */
public final class TokenJson {
    private TokenJson() {}

    /**
     * The facts; unset is null, lists are never null.
     *
     * @param now the moment at which its status is looked at
     */
    public static ObjectNode of(AccessToken token, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", token.id());
        json.put("name", token.name());
        json.put("kind", token.kind().wireName());
        json.put("owner", token.owner());
        json.put("created_by", token.createdBy());
        json.set("scopes", array(token.scopes()));
        json.set("resources", array(token.resources()));
        json.set("allowed_networks", array(token.allowedNetworks()));
        json.put("created_at", text(token.createdAt()));
        json.put("expires_at", text(token.expiresAt()));
        json.put("last_used_at", text(token.lastUsedAt()));
        json.put("last_used_ip", token.lastUsedIp());
        json.put("revoked_at", text(token.revokedAt()));
        json.put("status", token.statusAt(now.toEpochMilli()).wireName());
        json.put("hint", token.hint());
        return json;
    }

    /** A page of a list, each token as the function writes it. */
    static ObjectNode page(TokenPage page, Function<AccessToken, ObjectNode> each) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode results = json.putArray("results");
        page.tokens().forEach(token -> results.add(each.apply(token)));
        TokenCursor next = page.next();
        return json.put("next_page_token", next == null ? null : next.text());
    }

    static ArrayNode array(Collection<?> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
