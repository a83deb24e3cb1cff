package dev.scopegate.token;

import java.security.MessageDigest;
import java.util.Arrays;
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

    private final Algorithm algorithm;
    private final byte[] bytes;
    private volatile long proven = BearerToken.NO_TAG;

    SecretHash(Algorithm algorithm, byte[] bytes) {
        if (bytes.length != 32) throw new IllegalArgumentException("a secret's hash has 32 bytes");
        this.algorithm = algorithm;
        this.bytes = bytes;
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
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether this is the hash of the presented token's secret. */
    public boolean matches(BearerToken presented) {
        long tag = presented.tag();
        if ((tag ^ proven) == 0 && tag != BearerToken.NO_TAG) return true;
        SecretHash other = presented.hash(algorithm);
        if (other == null || !MessageDigest.isEqual(bytes, other.bytes)) return false;
        proven = tag;
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash hash
                && hash.algorithm == algorithm
                && MessageDigest.isEqual(hash.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Names the algorithm only. */
    @Override
    public String toString() {
        return "SecretHash[" + algorithm + "]";
    }
}
