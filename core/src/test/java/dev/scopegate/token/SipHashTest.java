package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    private final SipHash reference = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** The key is 00 01 … 0f, the input 00 01 … of each length: the reference implementation's list of vectors. */
    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({
        "0,726fdb47dd0e0e31",
        "1,74f839c593dc67fd",
        "2,0d6c8009d9a94f5a",
        "3,85676696d7fb7e2d",
        "4,cf2794e0277187b7",
        "5,18765564cd99a68d",
        "6,cbc9466e58fee3ce",
        "7,ab0200f58b01d137",
        "8,93f5f5799a932462",
        "9,9e0082df0ba9e4b0",
        "12,751e8fbc860ee5fb",
        "15,a129ca6149be45e5",
        "16,3f2acc7f57c29bdb",
        "30,ad87a3535c49ef28",
    })
    void theVectorsOfItsAuthorsComeOut(int length, String expected) {
        byte[] input = new byte[length];
        byte[] within = new byte[length + 4];
        for (byte b = 0; b < length; b++) input[b] = within[b + 2] = b;

        assertThat(Long.toHexString(reference.of(input, 0, length))).isEqualTo(expected.replaceAll("^0+", ""));
        assertThat(reference.of(within, 2, 2 + length)).isEqualTo(reference.of(input, 0, length));
    }

    @Test
    void twoRandomKeysHashDifferently() {
        SecureRandom random = new SecureRandom();

        byte[] secret = {1, 2, 3, 4, 5, 6};
        assertThat(SipHash.randomKey(random).of(secret, 0, 6))
                .isNotEqualTo(SipHash.randomKey(random).of(secret, 0, 6));
    }
}
