package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One digest and one buffer do for every text of a thread, and forget each. */
class Sha256Test {
    private static final String TEXT = "abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789".repeat(130);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 64, 511, 512, 513, 1_024, 1_300, 8_192})
    void textsOfAnyLengthHaveTheirHash(int length) {
        assertThat(Sha256.of(TEXT.substring(0, length))).isEqualTo(expected(TEXT.substring(0, length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 64, 511, 512, 513, 1_024, 1_300, 8_192})
    void andSoHavePartsOfATextInDigits(int length) {
        assertThat(Sha256.hexOf(TEXT, 7, 7 + length))
                .isEqualTo(HexFormat.of().formatHex(expected(TEXT.substring(7, 7 + length))));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .filter(i -> !Sha256.hexOf(TEXT, i % 600, 2 * (i % 600))
                                .equals(HexFormat.of().formatHex(expected(TEXT.substring(i % 600, 2 * (i % 600))))))
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 513, 1_300})
    void nothingOfATextStaysInTheBuffer(int length) {
        String key = Sha256.hexOf(TEXT, 0, length);

        String left = new String(Sha256.BUFFERS.get(), StandardCharsets.ISO_8859_1);
        assertThat(left).isEqualTo(key + "\0".repeat(left.length() - key.length()));
    }

    private static byte[] expected(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
