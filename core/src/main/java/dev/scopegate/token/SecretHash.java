package dev.scopegate.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * What is kept of a token's secret: SHA-256 of its ASCII characters, or HMAC-SHA-256 under the server's key. Compared in
 * constant time. Immutable to its users and safe for any number of threads; inside it remembers under a random
 * per-process key which secret it has once proven, so that the next request need not pay for SHA-256.
 */
public final class SecretHash {
    /** How the hash was made; the name stands in files and tables. */
    public enum Algorithm {
        SHA_256,
        HMAC_SHA_256
    }

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Algorithm algorithm;
    /** The 32 bytes, without what an array takes beside. */
    private final long first;

    private final long second;
    private final long third;
    private final long fourth;
    private volatile long proven = BearerToken.NO_TAG;

    SecretHash(Algorithm algorithm, byte[] bytes) {
        if (bytes.length != 32) throw new IllegalArgumentException("a secret's hash has 32 bytes");
        this.algorithm = algorithm;
        this.first = (long) WORD.get(bytes, 0);
        this.second = (long) WORD.get(bytes, 8);
        this.third = (long) WORD.get(bytes, 16);
        this.fourth = (long) WORD.get(bytes, 24);
    }

    /** A stored hash from its 64 hexadecimal digits. */
    public static SecretHash ofHex(Algorithm algorithm, String hex) {
        return new SecretHash(algorithm, HexFormat.of().parseHex(hex));
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** 64 hexadecimal digits, lower case. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }

    /** Whether this is the hash of the presented token's secret. */
    public boolean matches(BearerToken presented) {
        long tag = presented.tag();
        if ((tag ^ proven) == 0 && tag != BearerToken.NO_TAG) return true;
        SecretHash other = presented.hash(algorithm);
        if (other == null || !isEqual(other)) return false;
        proven = tag;
        return true;
    }

    /** In constant time. */
    private boolean isEqual(SecretHash other) {
        return ((first ^ other.first) | (second ^ other.second) | (third ^ other.third) | (fourth ^ other.fourth)) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash hash && hash.algorithm == algorithm && isEqual(hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Names the algorithm only. */
    @Override
    public String toString() {
        return "SecretHash[" + algorithm + "]";
    }
}
