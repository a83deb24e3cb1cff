package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base62Test {
    @ParameterizedTest
    @CsvSource({
        "0,000000",
        "9,000009",
        "10,00000A",
        "35,00000Z",
        "36,00000a",
        "61,00000z",
        "62,000010",
        "3843,0000zz",
        "3844,000100",
        "613966,002Zig",
        "4294967295,4gfFC3",
    })
    void aNumberIsPaddedWithZerosAndItsMostSignificantDigitComesFirst(long number, String digits) {
        assertThat(Base62.encode(number, 6)).isEqualTo(digits);
        assertThat(Base62.decode(ascii("x" + digits + "x"), 1, 7)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000-", "-00000", "00 000", "00000?", "00000\u00e9", "00000\u0130"})
    void whatIsNoDigitIsNoNumber(String text) {
        assertThat(Base62.decode(ascii(text), 0, 6)).isEqualTo(-1);
        assertThat(Base62.areDigits(ascii(text), 0, 6)).isFalse();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void digitsAreAsciiLettersAndDigitsAlone() {
        StringBuilder digits = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) if (Base62.isDigit(c)) digits.append(c);

        assertThat(digits).hasToString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    }
}
