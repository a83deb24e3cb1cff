package dev.scopegate.token;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one kind of {@link AccessToken} that is made here. */
record TokenFacts(
        String id,
        String name,
        TokenKind kind,
        String owner,
        String createdBy,
        ScopeSet scopes,
        List<String> resources,
        List<Network> allowedNetworks,
        Instant createdAt,
        @Nullable Instant expiresAt,
        Duration clockSkew,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedIp,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable String parent,
        String hint)
        implements AccessToken {

    @Override
    public TokenStatus statusAt(long epochMillis) {
        if (revokedAt != null) return TokenStatus.REVOKED;
        if (expiresAt != null && TokenStatus.isOver(expiresAt, epochMillis - clockSkew.toMillis())) {
            return TokenStatus.EXPIRED;
        }
        return TokenStatus.ACTIVE;
    }
}
