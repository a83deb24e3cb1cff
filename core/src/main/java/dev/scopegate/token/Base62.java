package dev.scopegate.token;

import java.security.SecureRandom;

/** The alphabet {@code 0-9A-Za-z} of token ids, secrets and checksums, most significant digit first. */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final boolean[] IS_DIGIT = new boolean[128];

    static {
        for (char c : DIGITS.toCharArray()) IS_DIGIT[c] = true;
    }

    private Base62() {}

    static String random(SecureRandom random, int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) chars[i] = DIGITS.charAt(random.nextInt(62));
        return new String(chars);
    }

    static boolean isDigit(char c) {
        return c < 128 && IS_DIGIT[c];
    }

    static boolean isDigits(String text) {
        return text.chars().allMatch(c -> isDigit((char) c));
    }

    /** The number in digits, padded with {@code 0} to the length. */
    static String encode(long number, int length) {
        char[] chars = new char[length];
        for (int i = length - 1; i >= 0; i--, number /= 62) chars[i] = DIGITS.charAt((int) (number % 62));
        return new String(chars);
    }

    /** Whether the text from {@code start} is {@link #encode} of the number; allocates nothing. */
    static boolean encodes(String text, int start, int length, long number) {
        for (int i = start + length - 1; i >= start; i--, number /= 62) {
            if (text.charAt(i) != DIGITS.charAt((int) (number % 62))) return false;
        }
        return number == 0;
    }
}
