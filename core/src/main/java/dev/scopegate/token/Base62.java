package dev.scopegate.token;

import java.security.SecureRandom;
import java.util.Arrays;

/** The alphabet {@code 0-9A-Za-z} of token ids, secrets and checksums, most significant digit first. */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** What a byte stands for; -1 for one that is no digit. */
    private static final byte[] VALUE = new byte[256];

    static {
        Arrays.fill(VALUE, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) VALUE[DIGITS.charAt(i)] = (byte) i;
    }

    private Base62() {}

    static String random(SecureRandom random, int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) chars[i] = DIGITS.charAt(random.nextInt(62));
        return new String(chars);
    }

    static boolean isDigit(char c) {
        return c < 128 && VALUE[c] >= 0;
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

    /** Whether there is nothing but digits between two places. */
    static boolean areDigits(byte[] ascii, int start, int end) {
        int all = 0; // without a branch for each
        for (int i = start; i < end; i++) all |= VALUE[ascii[i] & 0xff];
        return all >= 0;
    }

    /** The number that at most ten digits stand for; -1 where there is something else among them. */
    static long decode(byte[] ascii, int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) number = number * 62 + VALUE[ascii[i] & 0xff];
        return areDigits(ascii, start, end) ? number : -1;
    }
}
