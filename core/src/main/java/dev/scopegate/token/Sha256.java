package dev.scopegate.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256. Each thread keeps its digest, in which nothing of what was hashed stays. Safe for any number of threads. */
final class Sha256 {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    // a class of the platform only: what a thread keeps does not hold on to an application that has ended
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes, for what stands between two places. */
    static byte[] of(byte[] bytes, int start, int end) {
        MessageDigest sha256 = DIGESTS.get();
        try {
            sha256.update(bytes, start, end - start);
            return sha256.digest();
        } finally {
            sha256.reset(); // at once: it would do so when it is used again, and keep the end of the bytes until then
        }
    }

    /** The same in 64 hexadecimal digits, lower case. */
    static String hexOf(byte[] bytes, int start, int end) {
        byte[] hash = of(bytes, start, end);
        byte[] hex = new byte[2 * hash.length];
        for (int i = 0; i < hash.length; i++) {
            hex[2 * i] = HEX[(hash[i] >> 4) & 0xf];
            hex[2 * i + 1] = HEX[hash[i] & 0xf];
        }
        return new String(hex, StandardCharsets.ISO_8859_1);
    }
}
