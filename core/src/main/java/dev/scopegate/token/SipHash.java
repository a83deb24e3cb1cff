package dev.scopegate.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of 64 bits that nobody
 * without the key can predict. Once SHA-256 has proven a secret, this remembers it at a small part of the price.
 * Immutable; allocates nothing.
 */
final class SipHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;

    SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    static SipHash randomKey(SecureRandom random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    long of(byte[] bytes, int start, int end) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        int length = end - start;
        int words = (length >> 3) + 1; // the last one holds what is left over, and the length
        for (int i = 0; i < words + 2; i++) {
            boolean finish = i >= words;
            long word =
                    finish ? 0 : i < words - 1 ? (long) WORD.get(bytes, start + (i << 3)) : last(bytes, end, length);
            if (i == words) v2 ^= 0xff; // the four rounds at the end are two and two
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The bytes that fill no word, and the length above them. */
    private static long last(byte[] bytes, int end, int length) {
        int rest = length & 7;
        long word = (length & 0xffL) << 56;
        if (rest == 0) return word;
        if (length > 8) return word | ((long) WORD.get(bytes, end - 8) >>> ((8 - rest) << 3)); // others are shifted out
        for (int i = 0; i < rest; i++) word |= (bytes[end - rest + i] & 0xffL) << (i << 3);
        return word;
    }
}
