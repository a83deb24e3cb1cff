package dev.scopegate.token;

/**
 * CRC-32 (ISO 3309, as in ZIP) of a text's ASCII characters without making bytes of them: {@link java.util.zip.CRC32}
 * takes an array, or one byte at a time. Eight characters a step, by eight tables (Kounavis and Berry, 2005). Stateless;
 * allocates nothing.
 */
final class Crc32 {
    /** {@code TABLES[k][b]}: what a byte leaves behind after k more bytes of zero. */
    private static final int[][] TABLES = tables();

    private Crc32() {}

    private static int[][] tables() {
        int[][] tables = new int[8][256];
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) == 0 ? 0 : 0xedb88320);
            tables[0][i] = value;
        }
        for (int k = 1; k < 8; k++) {
            for (int i = 0; i < 256; i++) {
                int before = tables[k - 1][i];
                tables[k][i] = (before >>> 8) ^ tables[0][before & 0xff];
            }
        }
        return tables;
    }

    static long of(String text, int start, int end) {
        int[][] t = TABLES;
        int crc = ~0;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            crc = t[7][(crc ^ text.charAt(i)) & 0xff]
                    ^ t[6][((crc >>> 8) ^ text.charAt(i + 1)) & 0xff]
                    ^ t[5][((crc >>> 16) ^ text.charAt(i + 2)) & 0xff]
                    ^ t[4][((crc >>> 24) ^ text.charAt(i + 3)) & 0xff]
                    ^ t[3][text.charAt(i + 4) & 0xff]
                    ^ t[2][text.charAt(i + 5) & 0xff]
                    ^ t[1][text.charAt(i + 6) & 0xff]
                    ^ t[0][text.charAt(i + 7) & 0xff];
        }
        for (; i < end; i++) crc = (crc >>> 8) ^ t[0][(crc ^ text.charAt(i)) & 0xff];
        return ~crc & 0xffffffffL;
    }
}
