package dev.scopegate.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256. Each thread keeps its digest, in which nothing of what was hashed stays. Safe for any number of threads. */
final class Sha256 {
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

    /** The same as a text of 32 characters, one for each byte. */
    static String textOf(byte[] bytes, int start, int end) {
        return new String(of(bytes, start, end), StandardCharsets.ISO_8859_1);
    }
}
