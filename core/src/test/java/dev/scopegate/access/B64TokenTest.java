package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight bytes at once are judged as each of them would be. */
class B64TokenTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    private static final int BEFORE = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 24})
    void aByteCountsWhereverItStands(int length) {
        for (int at = 0; at < length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] bytes = bytes(length);
                bytes[BEFORE + at] = (byte) value;
                boolean padding = value == '=' && at == length - 1 && at > 0;
                assertThat(B64Token.fills(bytes, BEFORE, BEFORE + length))
                        .as("%d at %d of %d", value, at, length)
                        .isEqualTo(ALPHABET.indexOf(value) >= 0 || padding);
            }
        }
    }

    /** Digits and letters in turn, between bytes that are none. */
    private static byte[] bytes(int length) {
        return (" ".repeat(BEFORE) + "0aZ".repeat(length).substring(0, length) + " ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "'',false",
        "=,false",
        "==,false",
        "a=,true",
        "a====,true",
        "a=b,false",
        "aaaaaaaa=bbbbbbb,false",
        "~~~~~~~~++++++++,true"
    })
    void onlyPaddingFollowsTheToken(String text, boolean fills) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(B64Token.fills(bytes, 0, bytes.length)).isEqualTo(fills);
    }
}
