package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One digest does for everything that a thread hashes. */
class Sha256Test {
    private static final byte[] BYTES = "abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789"
            .repeat(130)
            .getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 64, 511, 512, 513, 1_024, 1_300, 8_192})
    void whatStandsBetweenTwoPlacesHasItsHash(int length) {
        assertThat(Sha256.of(BYTES, 7, 7 + length)).isEqualTo(expected(7, 7 + length));
        assertThat(Sha256.hexOf(BYTES, 7, 7 + length)).isEqualTo(HexFormat.of().formatHex(expected(7, 7 + length)));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .map(i -> i % 600)
                        .filter(i -> !Arrays.equals(Sha256.of(BYTES, i, 2 * i), expected(i, 2 * i)))
                        .count())
                .isZero();
    }

    private static byte[] expected(int start, int end) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(BYTES, start, end));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
