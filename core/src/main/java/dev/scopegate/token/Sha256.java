package dev.scopegate.token;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256 of texts that are known to be ASCII. Each thread keeps what it works with, in which nothing of a text stays.
 * Safe for any number of threads.
 */
final class Sha256 {
    private static final int LENGTH = 32;
    private static final int BUFFER_LENGTH = 512;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    // classes of the platform only: what a thread keeps does not hold on to an application that has ended
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::newDigest);
    static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[BUFFER_LENGTH]);

    private Sha256() {}

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes. */
    static byte[] of(String ascii) {
        byte[] buffer = BUFFERS.get();
        digest(ascii, 0, ascii.length(), buffer);
        return Arrays.copyOf(buffer, LENGTH);
    }

    /** The 64 hexadecimal digits, lower case, of what stands between two places of a text. */
    static String hexOf(String ascii, int start, int end) {
        byte[] buffer = BUFFERS.get();
        digest(ascii, start, end, buffer);
        for (int i = LENGTH - 1; i >= 0; i--) { // from the end, since each byte makes room for two
            byte one = buffer[i];
            buffer[2 * i + 1] = HEX[one & 0xf];
            buffer[2 * i] = HEX[(one >> 4) & 0xf];
        }
        return new String(buffer, 0, 2 * LENGTH, StandardCharsets.ISO_8859_1);
    }

    /** Leaves the 32 bytes at the buffer's beginning. */
    @SuppressWarnings(
            "deprecation") // which loses what is not Latin-1: there is none, and nothing else copies into a buffer
    private static void digest(String ascii, int start, int end, byte[] buffer) {
        MessageDigest sha256 = DIGESTS.get();
        try {
            for (int at = start; at < end; at += BUFFER_LENGTH) {
                int next = Math.min(end, at + BUFFER_LENGTH);
                ascii.getBytes(at, next, buffer, 0);
                sha256.update(buffer, 0, next - at);
            }
            Arrays.fill(buffer, 0, Math.min(end - start, BUFFER_LENGTH), (byte) 0);
            sha256.digest(buffer, 0, LENGTH);
        } catch (RuntimeException | Error e) {
            Arrays.fill(buffer, (byte) 0);
            throw e;
        } catch (DigestException e) {
            throw new IllegalStateException("the buffer has room for a digest", e);
        } finally {
            sha256.reset(); // at once: it would do so when it is used again, and keep the text's end until then
        }
    }
}
