package dev.scopegate.cdi;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whatever token its request has at the time of each call: a live look-up may renew it. On a request that no token opened
 * every question is an {@link IllegalStateException}, but {@code toString}, which logs and debuggers ask.
 */
final class CurrentToken implements AccessToken {
    private final HttpServletRequest request;

    CurrentToken(HttpServletRequest request) {
        this.request = request;
    }

    private AccessToken token() {
        AccessToken token = AccessToken.current(request::getAttribute);
        if (token != null) return token;
        throw new IllegalStateException("no token opened this request: where that may be,"
                + " use AccessToken.current(request::getAttribute), which is null then");
    }

    @Override
    public String id() {
        return token().id();
    }

    @Override
    public String name() {
        return token().name();
    }

    @Override
    public TokenKind kind() {
        return token().kind();
    }

    @Override
    public String owner() {
        return token().owner();
    }

    @Override
    public String createdBy() {
        return token().createdBy();
    }

    @Override
    public ScopeSet scopes() {
        return token().scopes();
    }

    @Override
    public List<String> resources() {
        return token().resources();
    }

    @Override
    public List<Network> allowedNetworks() {
        return token().allowedNetworks();
    }

    @Override
    public Instant createdAt() {
        return token().createdAt();
    }

    @Override
    public @Nullable Instant expiresAt() {
        return token().expiresAt();
    }

    @Override
    public Duration clockSkew() {
        return token().clockSkew();
    }

    @Override
    public @Nullable Instant lastUsedAt() {
        return token().lastUsedAt();
    }

    @Override
    public @Nullable String lastUsedIp() {
        return token().lastUsedIp();
    }

    @Override
    public @Nullable Instant revokedAt() {
        return token().revokedAt();
    }

    @Override
    public @Nullable String revokedBy() {
        return token().revokedBy();
    }

    @Override
    public @Nullable String parent() {
        return token().parent();
    }

    @Override
    public String hint() {
        return token().hint();
    }

    @Override
    public TokenStatus statusAt(long epochMillis) {
        return token().statusAt(epochMillis);
    }

    @Override
    public String toString() {
        AccessToken token = AccessToken.current(request::getAttribute);
        return token == null ? "no token" : token.toString();
    }
}
