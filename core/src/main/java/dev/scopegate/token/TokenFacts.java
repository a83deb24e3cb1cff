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
        @Nullable String ownHint)
        implements AccessToken {
    /** Made again each time where it is the usual one, so that a cache of many tokens does not hold it. */
    @Override
    public String hint() {
        return ownHint != null ? ownHint : usualHint(kind, id);
    }

    static String usualHint(TokenKind kind, String id) {
        String prefix = kind.standardPrefix();
        return prefix == null ? "" : TokenFormat.hint(prefix + "_", id);
    }

    @Override
    public TokenStatus statusAt(long epochMillis) {
        if (revokedAt != null) return TokenStatus.REVOKED;
        if (expiresAt != null && TokenStatus.isOver(expiresAt, epochMillis - clockSkew.toMillis())) {
            return TokenStatus.EXPIRED;
        }
        return TokenStatus.ACTIVE;
    }
}
