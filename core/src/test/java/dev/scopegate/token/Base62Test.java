package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(Base62.encodes("x" + digits + "x", 1, 6, number)).isTrue();
        assertThat(Base62.encodes(digits, 0, 6, number + 1)).isFalse();
    }

    @Test
    void aNumberThatNeedsMoreDigitsThanThereAreIsNotWrittenThere() {
        assertThat(Base62.encodes("zz", 0, 2, 3843)).isTrue();
        assertThat(Base62.encodes("00", 0, 2, 3844)).isFalse();
    }

    @Test
    void digitsAreAsciiLettersAndDigitsAlone() {
        StringBuilder digits = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) if (Base62.isDigit(c)) digits.append(c);

        assertThat(digits).hasToString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    }
}
