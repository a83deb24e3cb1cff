package dev.scopegate.token;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the facts of an {@link AccessToken}; for one thread. Made by {@link AccessToken#builder}. */
public final class AccessTokenBuilder {
    private final TokenKind kind;
    private final String id;
    private final String owner;
    private String name;
    private String createdBy;
    private ScopeSet scopes = ScopeSet.of();
    private List<String> resources = List.of();
    private List<Network> allowedNetworks = List.of();
    private Instant createdAt = Instant.EPOCH;
    private @Nullable Instant expiresAt;
    private Duration clockSkew = Duration.ZERO;
    private @Nullable Instant lastUsedAt;
    private @Nullable String lastUsedIp;
    private @Nullable Instant revokedAt;
    private @Nullable String revokedBy;
    private @Nullable String parent;
    private String hint = "";

    AccessTokenBuilder(TokenKind kind, String id, String name, String owner) {
        this.kind = kind;
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.createdBy = owner;
    }

    AccessTokenBuilder(AccessToken token) {
        this(token.kind(), token.id(), token.name(), token.owner());
        createdBy = token.createdBy();
        scopes = token.scopes();
        resources = token.resources();
        allowedNetworks = token.allowedNetworks();
        createdAt = token.createdAt();
        expiresAt = token.expiresAt();
        clockSkew = token.clockSkew();
        lastUsedAt = token.lastUsedAt();
        lastUsedIp = token.lastUsedIp();
        revokedAt = token.revokedAt();
        revokedBy = token.revokedBy();
        parent = token.parent();
        hint = token.hint();
    }

    public AccessTokenBuilder name(String value) {
        name = value;
        return this;
    }

    public AccessTokenBuilder createdBy(String value) {
        createdBy = value;
        return this;
    }

    public AccessTokenBuilder scopes(Collection<String> value) {
        scopes = ScopeSet.copyOf(value);
        return this;
    }

    public AccessTokenBuilder resources(Collection<String> value) {
        resources = List.copyOf(value);
        return this;
    }

    public AccessTokenBuilder allowedNetworks(Collection<Network> value) {
        allowedNetworks = List.copyOf(value);
        return this;
    }

    public AccessTokenBuilder createdAt(Instant value) {
        createdAt = value;
        return this;
    }

    public AccessTokenBuilder expiresAt(@Nullable Instant value) {
        expiresAt = value;
        return this;
    }

    public AccessTokenBuilder clockSkew(Duration value) {
        clockSkew = value;
        return this;
    }

    public AccessTokenBuilder lastUsed(@Nullable Instant at, @Nullable String ip) {
        lastUsedAt = at;
        lastUsedIp = ip;
        return this;
    }

    public AccessTokenBuilder revoked(@Nullable Instant at, @Nullable String by) {
        revokedAt = at;
        revokedBy = by;
        return this;
    }

    public AccessTokenBuilder parent(@Nullable String value) {
        parent = value;
        return this;
    }

    public AccessTokenBuilder hint(String value) {
        hint = value;
        return this;
    }

    public AccessToken build() {
        TokenFacts.Rest rest = new TokenFacts.Rest(
                kind,
                createdBy.equals(owner) ? null : createdBy,
                resources,
                allowedNetworks,
                TokenFacts.ifFar(createdAt),
                TokenFacts.ifFar(expiresAt),
                clockSkew,
                lastUsedAt,
                lastUsedIp,
                revokedAt,
                revokedBy,
                parent,
                hint.equals(TokenFacts.usualHint(kind, id)) ? null : hint);
        return new TokenFacts(id, name, owner, scopes, createdAt, expiresAt, rest);
    }
}
