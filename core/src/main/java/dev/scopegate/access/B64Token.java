package dev.scopegate.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The syntax {@code b64token} of RFC 6750 §2.1: letters, digits and {@code -._~+/}, one at least, then any number of
 * {@code =}. Looks at eight characters at once, since a JWT has hundreds. Stateless.
 */
final class B64Token {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private B64Token() {}

    /** Whether the bytes between two places are one such token. */
    static boolean fills(byte[] ascii, int start, int end) {
        int padding = end;
        while (padding > start && ascii[padding - 1] == '=') padding--;
        return padding > start && areB64(ascii, start, padding);
    }

    private static boolean areB64(byte[] ascii, int start, int end) {
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (!areUsual((long) WORD.get(ascii, at)) && !areB64OneByOne(ascii, at, at + Long.BYTES)) return false;
        }
        return areB64OneByOne(ascii, at, end);
    }

    /**
     * Whether eight bytes are letters, digits or {@code -./_}. To a byte below 0x80 is added what brings it to 0x80 from a
     * bound on, so that its highest bit tells on which side it is; none reaches the next byte.
     */
    private static boolean areUsual(long eight) {
        long lower = eight | 0x20 * EACH;
        long letters = (lower + (0x80 - 'a') * EACH) ^ (lower + (0x80 - 'z' - 1) * EACH);
        long digits = (eight + (0x80 - '-') * EACH) ^ (eight + (0x80 - '9' - 1) * EACH); // - . / stand before them
        long noLowLine = (eight ^ '_' * EACH) + 0x7f * EACH;
        return ((letters | digits | ~noLowLine) & ~eight & HIGH) == HIGH;
    }

    private static boolean areB64OneByOne(byte[] ascii, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isB64(ascii[i])) return false;
        }
        return true;
    }

    private static boolean isB64(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '-' && c <= '9')
                || c == '_'
                || c == '~'
                || c == '+';
    }
}
