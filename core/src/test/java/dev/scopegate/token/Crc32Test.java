package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32Test {
    @Test
    void theCheckValueOfTheStandardComesOut() {
        assertThat(Crc32.of("123456789", 0, 9)).isEqualTo(0xcbf43926L);
    }

    @Test
    void everyLengthAndPlaceGivesWhatThePlatformGives() {
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = (byte) (0x20 + random.nextInt(0x5f));
            String text = new String(bytes, StandardCharsets.US_ASCII);
            int start = length == 0 ? 0 : random.nextInt(length);
            CRC32 platform = new CRC32();
            platform.update(bytes, start, length - start);
            assertThat(Crc32.of(text, start, length)).isEqualTo(platform.getValue());
        }
    }
}
