package dev.scopegate.token;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of {@link AccessToken} that is made here. A cache holds a million of them, so that what most tokens do not
 * have takes no room, and what requests do not ask for is kept as short as it can be.
 */
final class TokenFacts implements AccessToken {
    private static final long NEVER = Long.MIN_VALUE;
    /** The rest of tokens that have nothing in it. */
    private static final Map<TokenKind, Rest> NOTHING_MORE = new EnumMap<>(TokenKind.class);

    static {
        for (TokenKind kind : TokenKind.values()) {
            NOTHING_MORE.put(
                    kind,
                    new Rest(
                            kind,
                            null,
                            List.of(),
                            List.of(),
                            null,
                            null,
                            Duration.ZERO,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
    }

    private final String id;
    private final Object name;
    private final Object owner;
    private final ScopeSet scopes;
    /** Nanoseconds since 1970; {@link Rest} has those moments that this cannot say. */
    private final long created;

    private final long expires;
    private final Rest rest;

    /**
     * What few tokens have, and what many have in common.
     *
     * @param createdBy null: the owner
     * @param createdAt where it is centuries away
     * @param expiresAt the same
     * @param ownHint null: the usual one
     */
    record Rest(
            TokenKind kind,
            @Nullable String createdBy,
            List<String> resources,
            List<Network> allowedNetworks,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            Duration clockSkew,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedIp,
            @Nullable Instant revokedAt,
            @Nullable String revokedBy,
            @Nullable String parent,
            @Nullable String ownHint) {}

    TokenFacts(
            String id,
            String name,
            String owner,
            ScopeSet scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            Rest rest) {
        this.id = id;
        this.name = shortest(name);
        this.owner = shortest(owner);
        this.scopes = scopes;
        this.created = nanos(createdAt);
        this.expires = expiresAt == null ? NEVER : nanos(expiresAt);
        Rest none = NOTHING_MORE.get(rest.kind());
        this.rest = none != null && rest.equals(none) ? none : rest;
    }

    /** The moment in nanoseconds, within three centuries of 1970; else {@link #NEVER}. */
    private static long nanos(Instant at) {
        try {
            return ChronoUnit.NANOS.between(Instant.EPOCH, at);
        } catch (ArithmeticException tooFar) {
            return NEVER;
        }
    }

    /** What {@link Rest} has to hold of a moment; null: nothing. */
    static @Nullable Instant ifFar(@Nullable Instant at) {
        return at == null || nanos(at) != NEVER ? null : at;
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** The Latin-1 bytes of a text that has such characters alone; else the text. */
    private static Object shortest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return text(bytes).equals(text) ? bytes : text;
    }

    private static String text(Object shortest) {
        return shortest instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : (String) shortest;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return text(name);
    }

    @Override
    public TokenKind kind() {
        return rest.kind();
    }

    @Override
    public String owner() {
        return text(owner);
    }

    @Override
    public String createdBy() {
        return rest.createdBy() == null ? owner() : rest.createdBy();
    }

    @Override
    public ScopeSet scopes() {
        return scopes;
    }

    @Override
    public List<String> resources() {
        return rest.resources();
    }

    @Override
    public List<Network> allowedNetworks() {
        return rest.allowedNetworks();
    }

    @Override
    public Instant createdAt() {
        return rest.createdAt() == null ? instant(created) : rest.createdAt();
    }

    @Override
    public @Nullable Instant expiresAt() {
        if (rest.expiresAt() != null) return rest.expiresAt();
        return expires == NEVER ? null : instant(expires);
    }

    @Override
    public Duration clockSkew() {
        return rest.clockSkew();
    }

    @Override
    public @Nullable Instant lastUsedAt() {
        return rest.lastUsedAt();
    }

    @Override
    public @Nullable String lastUsedIp() {
        return rest.lastUsedIp();
    }

    @Override
    public @Nullable Instant revokedAt() {
        return rest.revokedAt();
    }

    @Override
    public @Nullable String revokedBy() {
        return rest.revokedBy();
    }

    @Override
    public @Nullable String parent() {
        return rest.parent();
    }

    /** Made again each time where it is the usual one, so that a cache of many tokens does not hold it. */
    @Override
    public String hint() {
        return rest.ownHint() != null ? rest.ownHint() : usualHint(rest.kind(), id);
    }

    static String usualHint(TokenKind kind, String id) {
        String prefix = kind.standardPrefix();
        return prefix == null ? "" : TokenFormat.hint(prefix + "_", id);
    }

    @Override
    public TokenStatus statusAt(long epochMillis) {
        if (rest.revokedAt() != null) return TokenStatus.REVOKED;
        return isOverAt(epochMillis - rest.clockSkew().toMillis()) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
    }

    private boolean isOverAt(long epochMillis) {
        if (rest.expiresAt() != null) return TokenStatus.isOver(rest.expiresAt(), epochMillis);
        return expires != NEVER && Math.floorDiv(expires, 1_000_000) <= epochMillis;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenFacts facts
                && id.equals(facts.id)
                && Objects.deepEquals(owner, facts.owner)
                && Objects.deepEquals(name, facts.name)
                && scopes.equals(facts.scopes)
                && created == facts.created
                && expires == facts.expires
                && rest.equals(facts.rest);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "AccessToken[" + rest.kind().wireName() + " " + id + " of " + owner() + "]";
    }
}
