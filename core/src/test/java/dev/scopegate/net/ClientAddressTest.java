package dev.scopegate.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "0.0.0.0,0.0.0.0",
        "2001:DB8:0:0:0:0:0:1,2001:db8::1",
        "[2001:db8::1],2001:db8::1",
        "::ffff:192.0.2.7,192.0.2.7",
        "[::ffff:192.0.2.7],192.0.2.7",
        "::FFFF:c000:0207,192.0.2.7",
        "fe80::1%eth0,fe80::1",
        "fe80::1%25,fe80::1",
        "0:0:0:0:0:0:0:1,::1",
    })
    void anAddressShowsInItsCanonicalForm(String text, String canonical) {
        assertThat(ClientAddress.ofPeer(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "unknown",
                "_hidden",
                "localhost",
                "[",
                "]",
                "[]",
                "[[::1]]",
                "[::1",
                "::1]",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "2130706433",
                "127.1",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4/32",
                "::1/128",
                "1.2.3.4:80",
                "[::1]:80",
                "1.2.3.4%eth0",
                "*",
                "1.2.3.*",
                "1-2.3.4.5",
                "1.2.3.4,5.6.7.8",
                "%",
                "%eth0",
                ":",
                ":::",
                "g::1",
                "١.2.3.4",
                "\0",
                "for=1.2.3.4",
                "/",
                "1/",
                "-1.2.3.4"
            })
    void anythingElseIsTheUnknownAddress(String text) {
        assertThat(ClientAddress.ofPeer(text)).hasToString("unknown");
        assertThat(Network.parse("0.0.0.0/0").contains(ClientAddress.ofPeer(text)))
                .isFalse();
        assertThat(Network.parse("::/0").contains(ClientAddress.ofPeer(text))).isFalse();
    }

    @Test
    void hugeTextsAreTheUnknownAddress() {
        for (String piece : new String[] {"1", "1.", "a:", ":", "[", "%", "0"}) {
            assertThat(ClientAddress.ofPeer(piece.repeat(1_000_000))).hasToString("unknown");
        }
        assertThat(ClientAddress.ofPeer("::1%" + "z".repeat(1_000_000)).toString())
                .isIn("unknown", "::1");
    }

    @Test
    void noTextWhateverMakesAnException() {
        Random random = new Random(7239);
        String pieces = "0123456789abcdefx.:%/[]*-, \t\0\"_\u0661\uff10";
        Network all = Network.parse("::/0");
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            ClientAddress address = ClientAddress.ofPeer(text.toString());
            if (all.contains(address)) assertThat(address.toString()).contains(":");
        }
    }

    @Test
    void noTextWhateverMakesAnotherExceptionOfANetwork() {
        Random random = new Random(4632);
        String pieces = "0123456789abf.:/%[]*-, ";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            try {
                assertThat(Network.parse(text.toString())).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining(text.isEmpty() ? "\0" : text.toString() + "\0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2::, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80::/64",
        "::1, ::/64",
        "nonsense, unknown"
    })
    void whoHasAnIpv6NetworkIsCountedAsOne(String address, String neighbourhood) {
        assertThat(ClientAddress.ofPeer(address).neighbourhood()).isEqualTo(neighbourhood);
    }
}
