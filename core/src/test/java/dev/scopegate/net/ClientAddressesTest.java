package dev.scopegate.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddresses.Header;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which address a request came from, told by proxies in 10.0.0.0/8 and at 2001:db8::1. */
class ClientAddressesTest {
    private static final List<Network> PROXIES = List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::1"));

    private static String address(Header header, String peer, String... lines) {
        return new ClientAddresses(PROXIES, header)
                .of(
                        peer,
                        name -> Collections.enumeration(
                                name.equals(header == Header.FORWARDED ? "Forwarded" : "X-Forwarded-For")
                                        ? Arrays.asList(lines)
                                        : List.of("192.0.2.99")))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                             | 192.0.2.1",
                "192.0.2.9, 192.0.2.1                  | 192.0.2.1",
                "192.0.2.9,192.0.2.1 ,\t10.1.2.3      | 192.0.2.1",
                "192.0.2.1, 2001:db8::1                | 192.0.2.1",
                "192.0.2.1, [2001:db8::1]:80, 10.1.2.3 | 192.0.2.1",
                "192.0.2.1:4711                        | 192.0.2.1",
                "2001:db8::2                           | 2001:db8::2",
                "[2001:db8::2]                         | 2001:db8::2",
                "[2001:DB8:0::2]:4711                  | 2001:db8::2",
                "::ffff:192.0.2.1                      | 192.0.2.1",
                "192.0.2.1, ::ffff:10.0.0.1            | 192.0.2.1",
                "fe80::1%eth0                          | fe80::1",
                "10.0.0.2, 10.0.0.1                    | 10.0.0.2",
                "192.0.2.1, unknown                    | unknown",
                "192.0.2.1, _hidden                    | unknown",
                "192.0.2.1,                            | unknown",
                "192.0.2.1, , 10.0.0.1                 | unknown",
                "unknown, 192.0.2.1                    | 192.0.2.1",
                "192.0.2.1 10.0.0.1                    | unknown",
                "192.0.2.1:                            | unknown",
                "192.0.2.1:port                        | unknown",
                "192.0.2.1:123456                      | unknown",
                "[192.0.2.1]                           | unknown",
                "[2001:db8::2                          | unknown",
                "[2001:db8::2]x                        | unknown",
                "192.0.2                               | unknown",
                "192.0.2.256                           | unknown",
                "0300.0.2.1                            | unknown",
                "3221225985                            | unknown",
                "192.0.2.1/32                          | unknown",
                "192.0.2.*                             | unknown",
                "\"192.0.2.1\"                       | unknown",
                "example.org                           | unknown",
            })
    void theRightMostUntrustedHopOfTheListIsTheClient(String line, String client) {
        assertThat(address(Header.X_FORWARDED_FOR, "10.0.0.1", line.replace("\\t", "\t")))
                .isEqualTo(client);
        assertThat(address(Header.X_FORWARDED_FOR, "198.51.100.7", line)).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1                                        | 192.0.2.1",
                "For=192.0.2.1;proto=http;by=203.0.113.43             | 192.0.2.1",
                "proto=https;FOR=\"192.0.2.1:4711\"                 | 192.0.2.1",
                "for=192.0.2.9, for=192.0.2.1                         | 192.0.2.1",
                "for=192.0.2.1, for=10.1.2.3;host=\"a,b;for=c\"     | 192.0.2.1",
                "for=\"[2001:db8:cafe::17]:4711\"                   | 2001:db8:cafe::17",
                "for=\"[2001:db8:cafe::17]\"                        | 2001:db8:cafe::17",
                "for=\"[2001:db8:cafe::17]:_port\"                  | 2001:db8:cafe::17",
                "for=\"\\192.0.2.1\"                              | 192.0.2.1",
                "for=192.0.2.1 ; proto=http                           | 192.0.2.1",
                "for=192.0.2.1;                                       | 192.0.2.1",
                "for=192.0.2.1, for=unknown                           | unknown",
                "for=192.0.2.1, for=_hidden                           | unknown",
                "for=192.0.2.1, proto=http                            | unknown",
                "for=192.0.2.1,                                       | unknown",
                "for=192.0.2.1, for=\"\"                            | unknown",
                "for=192.0.2.1, for=                                  | unknown",
                "for=192.0.2.1;for=192.0.2.2                          | unknown",
                "for=192.0.2.1, for=\"192.0.2.2                      | unknown",
                "for=192.0.2.1, for=\"192.0.2.2\\                  | unknown",
                "for=2001:db8::2                                      | unknown",
                "for=\"2001:db8::2\"                                | unknown",
                "for = 192.0.2.1                                      | unknown",
                "for=192.0.2.1 192.0.2.2                              | unknown",
                "192.0.2.1                                            | unknown",
                "for=\"x, for=192.0.2.1                              | unknown",
            })
    void theRightMostUntrustedElementIsTheClient(String line, String client) {
        assertThat(address(Header.FORWARDED, "10.0.0.1", line)).isEqualTo(client);
        assertThat(address(Header.FORWARDED, "198.51.100.7", line)).isEqualTo("198.51.100.7");
    }

    @Test
    void allLinesAreOneListInTheirOrder() {
        assertThat(address(Header.X_FORWARDED_FOR, "10.0.0.1", "192.0.2.1", "192.0.2.2, 10.0.0.3", "10.0.0.2"))
                .isEqualTo("192.0.2.2");
        assertThat(address(Header.FORWARDED, "2001:db8::1", "for=192.0.2.1", "for=10.0.0.3"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aProxyThatSaysNothingIsTheClient() {
        assertThat(address(Header.X_FORWARDED_FOR, "10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(new ClientAddresses(PROXIES, Header.FORWARDED).of("10.0.0.1", name -> null))
                .hasToString("10.0.0.1");
    }

    @Test
    void withoutProxiesThePeerIsTheClient() {
        assertThat(ClientAddresses.DIRECT.isDirect()).isTrue();
        assertThat(ClientAddresses.DIRECT.of("192.0.2.1", name -> {
                    throw new AssertionError("no header is looked at");
                }))
                .hasToString("192.0.2.1");
        assertThat(ClientAddresses.DIRECT.of(null, name -> null)).hasToString("unknown");
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        String[] lines = new String[1_000];
        Arrays.fill(lines, "192.0.2.1");

        assertThat(address(Header.X_FORWARDED_FOR, "10.0.0.1", lines)).isEqualTo("unknown");
        assertThat(address(Header.FORWARDED, "10.0.0.1", "for=\"" + "\\".repeat(9_000)))
                .isEqualTo("unknown");
    }

    @Test
    void whateverStandsThereThereIsAnAnswer() {
        String characters = "for=\"[]:;,._ 0123456789abcdef%\\-\u0000\u00e9";
        Random chance = new Random(7239);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder(chance.nextBoolean() ? "for=" : "");
            for (int length = chance.nextInt(30); length > 0; length--) {
                line.append(characters.charAt(chance.nextInt(characters.length())));
            }
            for (Header header : List.of(Header.FORWARDED, Header.X_FORWARDED_FOR)) {
                assertThat(address(header, "10.0.0.1", line.toString())).isNotEmpty();
            }
        }
    }
}
