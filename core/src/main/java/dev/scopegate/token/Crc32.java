package dev.scopegate.token;

/**
 * CRC-32 (ISO 3309, as in ZIP) of a text's ASCII characters without making bytes of them: {@link java.util.zip.CRC32}
 * takes an array, or one byte at a time. Eight characters a step, by eight tables (Kounavis and Berry, 2005). Stateless;
 * allocates nothing.
 */
final class Crc32 {
    /** At {@code 256 * k + b}: what a byte leaves behind after k more bytes of zero. One array, so that its length is known. */
    private static final int[] TABLE = new int[8 * 256];

    static {
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) == 0 ? 0 : 0xedb88320);
            TABLE[i] = value;
        }
        for (int i = 256; i < TABLE.length; i++) {
            int before = TABLE[i - 256];
            TABLE[i] = (before >>> 8) ^ TABLE[before & 0xff];
        }
    }

    private Crc32() {}

    static long of(String text, int start, int end) {
        int[] t = TABLE;
        int crc = ~0;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            crc = t[1792 + ((crc ^ text.charAt(i)) & 0xff)]
                    ^ t[1536 + (((crc >>> 8) ^ text.charAt(i + 1)) & 0xff)]
                    ^ t[1280 + (((crc >>> 16) ^ text.charAt(i + 2)) & 0xff)]
                    ^ t[1024 + (((crc >>> 24) ^ text.charAt(i + 3)) & 0xff)]
                    ^ t[768 + (text.charAt(i + 4) & 0xff)]
                    ^ t[512 + (text.charAt(i + 5) & 0xff)]
                    ^ t[256 + (text.charAt(i + 6) & 0xff)]
                    ^ t[text.charAt(i + 7) & 0xff];
        }
        for (; i < end; i++) crc = (crc >>> 8) ^ t[(crc ^ text.charAt(i)) & 0xff];
        return ~crc & 0xffffffffL;
    }
}
