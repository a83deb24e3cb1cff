package dev.scopegate.issuer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants to change about a token or API key, not yet checked. Null stays as it is. */
public record TokenEdit(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable List<String> resources,
        @Nullable List<String> allowedNetworks) {
    /** An edit that changes nothing yet. */
    public static TokenEdit nothing() {
        return new TokenEdit(null, null, null, null);
    }

    public TokenEdit name(String value) {
        return new TokenEdit(value, scopes, resources, allowedNetworks);
    }

    public TokenEdit scopes(List<String> value) {
        return new TokenEdit(name, value, resources, allowedNetworks);
    }

    public TokenEdit resources(List<String> value) {
        return new TokenEdit(name, scopes, value, allowedNetworks);
    }

    public TokenEdit allowedNetworks(List<String> value) {
        return new TokenEdit(name, scopes, resources, value);
    }
}
