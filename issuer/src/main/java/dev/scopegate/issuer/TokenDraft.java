package dev.scopegate.issuer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a new token or API key to be, not yet checked. Null is left out: such a field is as that of the token
 * which asks.
 *
 * @param owner whose it is to be; null: the asking user's
 */
public record TokenDraft(
        String name,
        List<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable List<String> resources,
        @Nullable List<String> allowedNetworks,
        @Nullable String owner) {
    /** A draft of which everything else is left out. */
    public static TokenDraft of(String name, String... scopes) {
        return new TokenDraft(name, List.of(scopes), null, null, null, null);
    }

    public TokenDraft expiresAt(Instant value) {
        return new TokenDraft(name, scopes, value, resources, allowedNetworks, owner);
    }

    public TokenDraft resources(List<String> value) {
        return new TokenDraft(name, scopes, expiresAt, value, allowedNetworks, owner);
    }

    public TokenDraft allowedNetworks(List<String> value) {
        return new TokenDraft(name, scopes, expiresAt, resources, value, owner);
    }

    public TokenDraft owner(String value) {
        return new TokenDraft(name, scopes, expiresAt, resources, allowedNetworks, value);
    }
}
