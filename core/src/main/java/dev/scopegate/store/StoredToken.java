package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.SecretHash;
import dev.scopegate.token.TokenStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of one token: its facts and the hashes of the secrets that open it. Immutable and safe for any number of
 * threads.
 */
public final class StoredToken {
    private final AccessToken token;
    /** A list of {@link Secret}, or the hash of a single one without an end, as most tokens have in a cache of a million. */
    private final Object secrets;

    /**
     * A secret that opens a token.
     *
     * @param hash what is kept of it
     * @param expiresAt when its grace ends; null: it lives as long as the token
     */
    public record Secret(SecretHash hash, @Nullable Instant expiresAt) {}

    /**
     * A token as a store has it.
     *
     * @param token the facts
     * @param secrets for a token of our format one, or two while an older one is in its grace; empty for a token that was
     *     identified as a whole, by signature, introspection or a hash of all of it
     */
    public StoredToken(AccessToken token, List<Secret> secrets) {
        this.token = Objects.requireNonNull(token);
        this.secrets = secrets.size() == 1 && secrets.get(0).expiresAt() == null
                ? secrets.get(0).hash()
                : List.copyOf(secrets);
    }

    private StoredToken(AccessToken token, Object secrets) {
        this.token = token;
        this.secrets = secrets;
    }

    /** The facts. */
    public AccessToken token() {
        return token;
    }

    /** What opens it, the newest first; empty for a token that was identified as a whole. */
    @SuppressWarnings("unchecked") // nothing else was put there
    public List<Secret> secrets() {
        return secrets instanceof SecretHash hash ? List.of(new Secret(hash, null)) : (List<Secret>) secrets;
    }

    /** A token just minted. */
    public static StoredToken of(NewToken token) {
        return new StoredToken(token.facts(), List.of(new Secret(token.hash(), null)));
    }

    /** A token that its store identified as a whole. Never opens for a token of our own format. */
    public static StoredToken identifiedAsWhole(AccessToken token) {
        return new StoredToken(token, List.of());
    }

    /** The same secrets under changed facts. */
    public StoredToken with(AccessToken changed) {
        return new StoredToken(changed, secrets);
    }

    /** Whether all but the last use is the same. */
    public boolean isSameAs(StoredToken other) {
        return secrets.equals(other.secrets) && withoutUse(token).equals(withoutUse(other.token));
    }

    private static AccessToken withoutUse(AccessToken token) {
        return token.lastUsedAt() == null && token.lastUsedIp() == null
                ? token
                : token.toBuilder().lastUsed(null, null).build();
    }

    /** The same token, last used when and where the other says. */
    public StoredToken withUseOf(StoredToken other) {
        return with(token.toBuilder()
                .lastUsed(other.token.lastUsedAt(), other.token.lastUsedIp())
                .build());
    }

    /**
     * Whether the presented token proves to be this one: same kind, and a secret whose hash is kept and not past its
     * grace. Compares in constant time. Says nothing of the token's own expiry or revocation.
     */
    public boolean opensWith(BearerToken presented, long epochMillis) {
        if (secrets instanceof SecretHash hash) {
            return presented.isOpaque() && presented.kind() == token.kind() && hash.matches(presented);
        }
        List<Secret> several = secrets();
        if (!presented.isOpaque()) return several.isEmpty();
        if (presented.kind() != token.kind()) return false;
        for (int i = 0; i < several.size(); i++) {
            Secret secret = several.get(i);
            Instant end = secret.expiresAt();
            if ((end == null || !TokenStatus.isOver(end, epochMillis))
                    && secret.hash().matches(presented)) return true;
        }
        return false;
    }

    /**
     * Whether the presented token's secret is one of these, be its grace over or not: one that is not may be newer than what
     * is known here.
     */
    public boolean knows(BearerToken presented) {
        return opensWith(presented, Long.MIN_VALUE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredToken stored && stored.token.equals(token) && stored.secrets.equals(secrets);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    /** The facts alone. */
    @Override
    public String toString() {
        return "StoredToken[" + token + "]";
    }
}
