package dev.scopegate.it.tokens;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * Writes tokens that nobody minted, from the published format alone: {@code <prefix>_<id><secret><checksum>} with 14, 30
 * and 6 base62 characters.
 */
public final class TokenForge {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 14;
    private static final int SECRET = 30;
    private static final int CHECKSUM = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenForge() {}

    /** A token with a right checksum and an id that no store has. */
    public static String unknown(String prefix) {
        return sealed(prefix + "_" + random(ID + SECRET));
    }

    /** The token's id under another secret, with a right checksum. */
    public static String otherSecret(String token) {
        return sealed(token.substring(0, token.indexOf('_') + 1 + ID) + random(SECRET));
    }

    /** The same token in which the last character of the checksum is another. */
    public static String badChecksum(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
    }

    /** The public part by which the token is named in lists and logs. */
    public static String id(String token) {
        int start = token.indexOf('_') + 1;
        return token.substring(start, start + ID);
    }

    /** The part that nobody but its owner may ever see. */
    public static String secret(String token) {
        int start = token.indexOf('_') + 1 + ID;
        return token.substring(start, start + SECRET);
    }

    private static String sealed(String start) {
        CRC32 crc = new CRC32();
        crc.update(start.getBytes(StandardCharsets.US_ASCII));
        char[] checksum = new char[CHECKSUM];
        long rest = crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--, rest /= 62) checksum[i] = DIGITS.charAt((int) (rest % 62));
        return start + new String(checksum);
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(DIGITS.charAt(RANDOM.nextInt(62)));
        return text.toString();
    }
}
