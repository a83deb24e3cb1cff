package dev.scopegate.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How opaque tokens are written: {@code <prefix>_<id><secret><checksum>} with 14, 30 and 6 base62 characters. The secret
 * carries 178 bits from the {@link SecureRandom}; the checksum is the CRC-32 of everything before it. Makes and reads
 * tokens; immutable and safe for any number of threads.
 */
public final class TokenFormat {
    static final int ID_LENGTH = 14;
    static final int SECRET_LENGTH = 30;
    static final int CHECKSUM_LENGTH = 6;
    private static final int BODY_LENGTH = ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;
    private static final TokenKind[] KINDS = Arrays.stream(TokenKind.values())
            .filter(kind -> kind.standardPrefix() != null)
            .toArray(TokenKind[]::new);

    /** With their underscores, in the order of the kinds. */
    private final byte[][] prefixes = new byte[KINDS.length][];

    private final @Nullable SecretKeySpec hmacKey;
    private final SecureRandom random;
    private final SipHash sipHash;

    /**
     * A format with prefixes and a server key of its own.
     *
     * @param prefixes what replaces the standard prefix of a kind: a letter, then 1 to 15 letters or digits; all differ
     * @param hmacKey at least 32 bytes: secrets are kept as HMAC-SHA-256 under it; null: as SHA-256
     */
    public TokenFormat(Map<TokenKind, String> prefixes, byte @Nullable [] hmacKey, SecureRandom random) {
        if (!List.of(KINDS).containsAll(prefixes.keySet())) {
            throw new IllegalArgumentException("a prefix is given for a kind of token that has none");
        }
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < KINDS.length; i++) {
            String prefix = prefixes.getOrDefault(KINDS[i], Objects.requireNonNull(KINDS[i].standardPrefix()));
            if (!isPrefix(prefix)) {
                throw new IllegalArgumentException(
                        "'" + prefix + "' is no token prefix: a letter, then 1 to 15 letters" + " or digits are");
            }
            if (!distinct.add(prefix)) {
                throw new IllegalArgumentException("the token prefix '" + prefix + "' stands for two kinds of token");
            }
            this.prefixes[i] = ascii(prefix + "_");
        }
        if (hmacKey != null && hmacKey.length < 32) {
            throw new IllegalArgumentException("the key for secret hashes has fewer than 32 bytes");
        }
        this.hmacKey = hmacKey == null ? null : new SecretKeySpec(hmacKey, "HmacSHA256");
        this.random = random;
        this.sipHash = SipHash.randomKey(random);
    }

    /** The format with the standard prefixes and SHA-256. */
    public static TokenFormat standard() {
        return new TokenFormat(Map.of(), null, new SecureRandom());
    }

    private static boolean isPrefix(String text) {
        if (text.length() < 2 || text.length() > 16 || text.charAt(0) <= '9') return false;
        for (int i = 0; i < text.length(); i++) {
            if (!Base62.isDigit(text.charAt(i))) return false;
        }
        return true;
    }

    /** A new token with a random id and secret. */
    public BearerToken mint(TokenKind kind) {
        return mint(kind, Base62.random(random, ID_LENGTH));
    }

    /** A new secret for an id that exists, as a rotation needs. */
    public BearerToken mint(TokenKind kind, String id) {
        if (id.length() != ID_LENGTH || !Base62.isDigits(id)) throw new IllegalArgumentException("this is no token id");
        String unchecked = prefix(kind) + id + Base62.random(random, SECRET_LENGTH);
        byte[] checked = ascii(unchecked);
        byte[] ascii = ascii(unchecked + Base62.encode(crc32(checked, 0, checked.length), CHECKSUM_LENGTH));
        return new BearerToken(this, ascii, 0, ascii.length, kind, id, tag(ascii, checked.length));
    }

    private String prefix(TokenKind kind) {
        for (int i = 0; i < KINDS.length; i++) {
            if (KINDS[i] == kind) return new String(prefixes[i], StandardCharsets.ISO_8859_1);
        }
        throw new IllegalArgumentException(kind + " tokens are not of this format");
    }

    /**
     * The token that a text is. One that begins with a prefix of ours must have our form and a right checksum; anything else is
     * somebody else's token, taken as it is. The caller has checked its characters.
     *
     * @return null for a token with our prefix that is not well-formed: no store need be asked
     */
    public @Nullable BearerToken read(String text) {
        byte[] ascii = ascii(text);
        return hasOwnPrefix(ascii, 0, ascii.length) ? readOwn(ascii, 0, ascii.length) : foreign(ascii, 0, ascii.length);
    }

    /**
     * The token of our own form that a text is, all of whose characters are then known.
     *
     * @return null for anything else, and for one with a wrong checksum
     */
    public @Nullable BearerToken readOwn(String text) {
        byte[] ascii = ascii(text);
        return readOwn(ascii, 0, ascii.length);
    }

    /** Bytes are several times quicker to look at than a text's characters. What is not Latin-1 becomes a {@code ?}. */
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Somebody else's token between two places of an array that is kept, checked, and no longer written to. */
    public BearerToken foreign(byte[] ascii, int start, int end) {
        return new BearerToken(this, ascii, start, end, null, null, BearerToken.NO_TAG);
    }

    /** Whether what stands between two places begins like a token of ours, so that it is that or nothing. */
    public boolean hasOwnPrefix(byte[] ascii, int start, int end) {
        for (byte[] prefix : prefixes) {
            if (end - start >= prefix.length && stands(prefix, ascii, start)) return true;
        }
        return false;
    }

    /** {@link #readOwn(String)} between two places of an array that is kept, and no longer written to. */
    public @Nullable BearerToken readOwn(byte[] ascii, int start, int end) {
        for (int i = 0; i < KINDS.length; i++) {
            int body = start + prefixes[i].length;
            if (end - body == BODY_LENGTH && stands(prefixes[i], ascii, start)) {
                return readOwn(ascii, body, start, end, KINDS[i]);
            }
        }
        return null;
    }

    private static boolean stands(byte[] prefix, byte[] ascii, int start) {
        for (int i = 0; i < prefix.length; i++) {
            if (ascii[start + i] != prefix[i]) return false;
        }
        return true;
    }

    private @Nullable BearerToken readOwn(byte[] ascii, int body, int start, int end, TokenKind kind) {
        int checksum = end - CHECKSUM_LENGTH;
        if (crc32(ascii, start, checksum) != Base62.decode(ascii, checksum, end)) return null;
        if (!Base62.areDigits(ascii, body, checksum)) return null;
        String id = new String(ascii, body, ID_LENGTH, StandardCharsets.ISO_8859_1);
        return new BearerToken(this, ascii, start, end, kind, id, tag(ascii, checksum));
    }

    private static long crc32(byte[] ascii, int start, int end) {
        CRC32 crc = new CRC32();
        crc.update(ascii, start, end - start);
        return crc.getValue();
    }

    /** What a list shows so that a person can tell the token again: the prefix and four characters of the id. */
    public String hint(TokenKind kind, String id) {
        return hint(prefix(kind), id);
    }

    static String hint(String prefix, String id) {
        return prefix + id.substring(0, Math.min(4, id.length())) + "…";
    }

    /** The tag of the secret that ends there. */
    private long tag(byte[] ascii, int secretEnd) {
        long hash = sipHash.of(ascii, secretEnd - SECRET_LENGTH, secretEnd);
        return hash == BearerToken.NO_TAG ? 1 : hash;
    }

    /** The hash of a secret between two places, under the algorithm for new tokens. */
    SecretHash hash(byte[] ascii, int start, int end) {
        return hmacKey == null ? sha256(ascii, start, end) : hmac(hmacKey, ascii, start, end);
    }

    @Nullable SecretHash hash(SecretHash.Algorithm algorithm, byte[] ascii, int start, int end) {
        if (algorithm == SecretHash.Algorithm.SHA_256) return sha256(ascii, start, end);
        return hmacKey == null ? null : hmac(hmacKey, ascii, start, end);
    }

    private static SecretHash sha256(byte[] ascii, int start, int end) {
        return new SecretHash(SecretHash.Algorithm.SHA_256, Sha256.of(ascii, start, end));
    }

    private static SecretHash hmac(SecretKeySpec key, byte[] ascii, int start, int end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(ascii, start, end - start);
            return new SecretHash(SecretHash.Algorithm.HMAC_SHA_256, mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
