package dev.scopegate.issuer;

import dev.scopegate.net.Network;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.token.AccessToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How wide a token may be that somebody grants. Immutable.
 *
 * @param scopes these and what they imply
 * @param resources these and what they contain; empty: any
 * @param networks from inside these; empty: from anywhere
 * @param expiresAt not longer than this; null: for ever
 */
public record Bounds(
        ScopeSet scopes,
        List<String> resources,
        List<Network> networks,
        @Nullable Instant expiresAt) {
    public Bounds {
        resources = List.copyOf(resources);
        networks = List.copyOf(networks);
    }

    /** As wide as a token is. */
    public static Bounds of(AccessToken token) {
        return new Bounds(token.scopes(), token.resources(), token.allowedNetworks(), token.expiresAt());
    }

    /** The same, for ever. */
    Bounds withoutEnd() {
        return new Bounds(scopes, resources, networks, null);
    }

    /** Everything the catalog declares; {@code admin} for administrators alone. */
    public static Bounds everything(ScopeCatalog catalog, boolean administrator) {
        List<String> names = catalog.scopes().stream()
                .map(Scope::name)
                .filter(name -> administrator || !name.equals(ScopeCatalog.ADMIN))
                .toList();
        return new Bounds(ScopeSet.copyOf(names), List.of(), List.of(), null);
    }
}
