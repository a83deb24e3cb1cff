package dev.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://hub.example/a, https://HUB.example:443/b, true",
        "http://hub.example, HTTP://hub.example:80/b?c, true",
        "https://hub.example, http://hub.example, false",
        "https://hub.example, https://hub.example:8443, false",
        "https://hub.example, https://hub.example.org, false",
        "https://hub.example, https://hub.example@evil.example/, false",
        "https://hub.example, https://evil.example/hub.example, false",
        "https://[::1]:9/a, https://[::1]:9/b, true"
    })
    void schemeHostAndPortMakeIt(String one, String other, boolean same) {
        assertThat(Origin.required(URI.create(one)).equals(Origin.of(URI.create(other))))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "hub.example", "file:///etc/passwd", "ftp://hub.example/", "http:/a", "mailto:a@b"})
    void whatIsNoWebAddressHasNone(String address) {
        assertThat(Origin.of(URI.create(address))).isNull();
        assertThatThrownBy(() -> Origin.required(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyHttpBehindHttpsIsWeaker() {
        Origin plain = Origin.required(URI.create("http://a"));
        Origin tls = Origin.required(URI.create("https://a"));

        assertThat(plain.isWeakerThan(tls)).isTrue();
        assertThat(tls.isWeakerThan(plain)).isFalse();
        assertThat(plain.isWeakerThan(plain)).isFalse();
    }
}
