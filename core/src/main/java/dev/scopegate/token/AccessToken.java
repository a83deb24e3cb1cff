package dev.scopegate.token;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a token: whose it is and what it may do. Never its secret. This is the principal of a request that was
 * let in, from the Servlet API and from JAX-RS alike. Instances are immutable and safe for any number of threads.
 */
public interface AccessToken extends Principal {
    /** The request attribute whose value is a {@link Holder}, for {@link #current}. */
    String ATTRIBUTE = "dev.scopegate.admission";

    /** What the request attribute {@value #ATTRIBUTE} holds: the admitted token, if there is one. */
    interface Holder {
        @Nullable AccessToken accessToken();
    }

    /** The public id by which it is listed, logged and revoked. */
    String id();

    /** What its owner calls it: 1 to 100 code points. */
    String name();

    TokenKind kind();

    /** The subject it acts for. */
    String owner();

    /** Who made it. */
    String createdBy();

    /** The scopes as granted, defaults included, implied ones not. */
    ScopeSet scopes();

    /** The resources it is limited to, such as {@code dataset:penguins}; empty: not limited. */
    List<String> resources();

    /** The networks it may be used from; empty: from anywhere. */
    List<Network> allowedNetworks();

    Instant createdAt();

    /** When it stops working by itself; null: never. */
    @Nullable Instant expiresAt();

    /**
     * For how long after {@link #expiresAt} it still works, because another server's clock wrote that; zero but for JWTs.
     */
    default Duration clockSkew() {
        return Duration.ZERO;
    }

    /** When it was last let in, as far as that has been written; null: never. */
    @Nullable Instant lastUsedAt();

    /** From which address it was last let in. */
    @Nullable String lastUsedIp();

    /** When it was revoked; null: it was not. */
    @Nullable Instant revokedAt();

    /** Who revoked it. */
    @Nullable String revokedBy();

    /** What it was minted from (an API key, a refresh family) and dies with; null: nothing. */
    @Nullable String parent();

    /** The first characters of the token, so that a person can tell it again. */
    String hint();

    /** Whether it can be used at this moment (milliseconds since 1970). Revoked outweighs expired. */
    TokenStatus statusAt(long epochMillis);

    /** The owner: {@link Principal#getName}. */
    @Override
    default String getName() {
        return owner();
    }

    /** Begins a token with the facts that every token has. */
    static AccessTokenBuilder builder(TokenKind kind, String id, String name, String owner) {
        return new AccessTokenBuilder(kind, id, name, owner);
    }

    /** A builder that holds this token's facts, for a changed copy. */
    default AccessTokenBuilder toBuilder() {
        return new AccessTokenBuilder(this);
    }

    /**
     * The token that the current request was let in with, read from its attributes:
     * {@code AccessToken.current(request::getAttribute)}, or {@code current(containerRequest::getProperty)}.
     *
     * @return null on a request that nobody's token opened
     */
    static @Nullable AccessToken current(Function<String, @Nullable Object> attributes) {
        return attributes.apply(ATTRIBUTE) instanceof Holder holder ? holder.accessToken() : null;
    }
}
