package dev.scopegate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static boolean contains(String network, String address) {
        return Network.parse(network).contains(ClientAddress.ofPeer(address));
    }

    @ParameterizedTest(name = "{0} contains {1}")
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "192.0.2.7/32,192.0.2.7",
        "10.0.0.0/8,10.255.255.255",
        "0.0.0.0/0,255.255.255.255",
        "192.0.2.0/31,192.0.2.1",
        "2001:db8::/32,2001:db8:ffff::1",
        "2001:DB8::1,2001:0db8:0:0:0:0:0:1",
        "::1,::1",
        "::/0,2001:db8::1",
        "10.0.0.0/8,::ffff:10.1.2.3",
        "10.0.0.0/8,::ffff:0a01:0203",
        "::ffff:10.0.0.0/104,10.1.2.3",
        "::ffff:10.0.0.0/104,::ffff:10.1.2.3",
        "::ffff:192.0.2.7,192.0.2.7",
        "::ffff:0:0/96,192.0.2.7",
        "fe80::/10,fe80::1%eth0",
        "2001:db8::/32,[2001:db8::1]",
        "192.0.2.7, 192.0.2.7 ",
    })
    void anAddressInsideIsContained(String network, String address) {
        assertThat(contains(network, address)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not contain {1}")
    @CsvSource({
        "192.0.2.7,192.0.2.8",
        "10.0.0.0/8,11.0.0.0",
        "192.0.2.0/31,192.0.2.2",
        "2001:db8::/32,2001:db9::",
        "::/0,192.0.2.7",
        "::/0,::ffff:192.0.2.7",
        "0.0.0.0/0,::1",
        "0.0.0.0/0,::10.1.2.3",
        "::ffff:10.0.0.0/104,11.0.0.1",
        "::ffff:10.0.0.0/104,::10.0.0.1",
        "10.0.0.0/8,unknown",
        "0.0.0.0/0,''",
        "::/0,''",
        "10.0.0.0/8,10.0.0.1:80",
        "10.0.0.0/8,10.1",
        "10.0.0.0/8,10",
        "10.0.0.0/8,167772161",
        "10.0.0.0/8,0x0a000001",
        "10.0.0.0/8,012.0.0.1",
        "127.0.0.0/8,0177.0.0.1",
        "10.0.0.0/8,10.0.0.0/8",
        "10.0.0.0/8,10.0.0.*",
        "0.0.0.0/0,*",
    })
    void anAddressOutsideOrNoAddressIsNotContained(String network, String address) {
        assertThat(contains(network, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "192.0.2.7/31",
                "2001:db8::1/32",
                "::ffff:10.0.0.1/104",
                "::1/0",
            })
    void bitsBeyondThePrefixAreRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network has bits set beyond its prefix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "10",
                "10.0",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.256",
                "10.0.0.-1",
                "010.0.0.0/8",
                "0177.0.0.1",
                "0x0a000000",
                "167772160",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0-10.0.0.9",
                "10.0.0.*",
                "10.*",
                "*",
                "/8",
                "/",
                "2001:db8::/129",
                "2001:db8::1::2",
                "2001:db8:0:0:0:0:0:0:1",
                "2001:db8",
                ":::",
                "12345::",
                "fe80::1%eth0",
                "fe80::/10%1",
                "[2001:db8::1]",
                "[10.0.0.1]",
                "10.0.0.1:80",
                "10.0.0.0/8 10.0.0.0/8",
                "10.0.0.0/8,192.0.2.0/24",
                "１.2.3.4",
                "unknown",
                "_hidden",
                "'",
            })
    void anythingElseIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not an IP address");
    }

    @Test
    void aHugeTextIsNoNetwork() {
        assertThatThrownBy(() -> Network.parse("1".repeat(1_000_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.parse("1:".repeat(500_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void networksAreEqualWhenTheirAddressesAreAndShowAsTheyWereWritten() {
        Network mapped = Network.parse("::ffff:10.0.0.0/104");

        assertThat(mapped).isEqualTo(Network.parse("10.0.0.0/8")).hasSameHashCodeAs(Network.parse("10.0.0.0/8"));
        assertThat(Network.parse("2001:DB8::/32")).isEqualTo(Network.parse("2001:0db8::/32"));
        assertThat(Network.parse("10.0.0.0/8")).isNotEqualTo(Network.parse("10.0.0.0/9"));
        assertThat(mapped).hasToString("::ffff:10.0.0.0/104").isNotEqualTo("::ffff:10.0.0.0/104");
    }
}
