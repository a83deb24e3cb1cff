package dev.scopegate.token;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A credential as one request presented it. An <em>opaque</em> token has our own format, so its {@link #id} can be read
 * without opening it; any other is known only as a whole. Lives as long as the request, belongs to its thread, and never
 * shows the secret: {@link #reveal} is the only way out.
 */
public final class BearerToken {
    /** The tag of what has no secret of our form. */
    static final long NO_TAG = 0;

    private static final byte[] NOTHING = {};

    private final TokenFormat format;
    /** What it stands in; somebody's whole header, perhaps. Not written to. */
    private final byte[] ascii;

    private final int start;
    private final int end;
    private final @Nullable TokenKind kind;
    private final @Nullable String id;
    private final long tag;

    /** A token between two places; the tag of its secret, where it has one. */
    BearerToken(
            TokenFormat format,
            byte[] ascii,
            int start,
            int end,
            @Nullable TokenKind kind,
            @Nullable String id,
            long tag) {
        this.format = format;
        this.ascii = ascii;
        this.start = start;
        this.end = end;
        this.kind = kind;
        this.id = id;
        this.tag = tag;
    }

    /**
     * The same token for a look-up by id that outlives the request: it has no secret, so it opens nothing. A token that is
     * not ours is returned as it is, since it can only be looked up as a whole.
     */
    public BearerToken withoutSecret() {
        return id == null ? this : new BearerToken(format, NOTHING, 0, 0, kind, id, NO_TAG);
    }

    /** Whether the token has our own format: prefix, id, secret and a checksum that is right. */
    public boolean isOpaque() {
        return id != null;
    }

    /** The kind that the prefix stands for; null unless {@link #isOpaque}. */
    public @Nullable TokenKind kind() {
        return kind;
    }

    /** The 14 public characters by which the token is looked up, logged and named; null unless {@link #isOpaque}. */
    public @Nullable String id() {
        return id;
    }

    /**
     * What a cache may key this token by without holding it: the id, or 64 hexadecimal digits of the whole token's
     * SHA-256. Never equal for two tokens of which one is opaque and the other not, by their length.
     */
    public String lookUpKey() {
        return id != null ? id : Sha256.hexOf(ascii, start, end);
    }

    /** The hash of the secret as a store keeps it; null when the server has no key for the algorithm. */
    @Nullable SecretHash hash(SecretHash.Algorithm algorithm) {
        return format.hash(algorithm, ascii, secretStart(), secretEnd());
    }

    /** The hash of the secret under the algorithm that the server uses for new tokens. */
    public SecretHash hash() {
        return format.hash(ascii, secretStart(), secretEnd());
    }

    /** A keyed hash of the secret that means nothing outside this process; {@link #NO_TAG} where there is none. */
    long tag() {
        return tag;
    }

    private boolean hasSecret() {
        return id != null && end > start;
    }

    private int secretStart() {
        return hasSecret() ? secretEnd() - TokenFormat.SECRET_LENGTH : start;
    }

    private int secretEnd() {
        return hasSecret() ? end - TokenFormat.CHECKSUM_LENGTH : end;
    }

    /**
     * The token itself, for the one response that shows it and for stores that must pass it on or verify its signature.
     * Callers keep it out of fields, logs and messages.
     */
    public String reveal() {
        return new String(ascii, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Kind and id with dots for the rest; never the secret. */
    @Override
    public String toString() {
        return id == null || kind == null ? "(foreign token)" : kind.wireName() + " token " + id + "…";
    }
}
