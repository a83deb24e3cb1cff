package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/a/b.c",
                "/a/...",
                "/a/.b",
                "/a/b.",
                "/a;x=1/b;y",
                "/a%20b",
                "/%C3%A4",
                "/%e0%a0%80%ed%9f%bf%f0%90%80%80%f4%8f%bf%bf/a",
                "/a%25b",
                "/a/%3B",
                "/a~b/+c",
                "/a;x=..",
                "/a;.."
            })
    void aPathThatEverybodyReadsAlikeIsSafe(String path) {
        assertThat(RawPath.isSafe(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                "//",
                "/a//b",
                "/.",
                "/..",
                "/./a",
                "/../a",
                "/a/..",
                "/a/.;x",
                "/a/..;x/b",
                "/;x",
                "/;x/a",
                "/a/;x",
                "/%2e",
                "/%2E%2e/a",
                "/a%2Fb",
                "/a%2fb",
                "/a%5Cb",
                "/a\\b",
                "/a%00",
                "/a%0a",
                "/a%7F",
                "/a%c0%af",
                "/a%F5",
                "/a%80",
                "/a%c3",
                "/a%c3b",
                "/a%c3%2f",
                "/a%e0%80%af",
                "/a%e2%82",
                "/a%ed%a0%80",
                "/a%f0%80%80%af",
                "/a%f4%90%80%80",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a\tb",
                "http://host/a"
            })
    void anythingElseIsNot(String path) {
        assertThat(RawPath.isSafe(path)).isFalse();
    }

    @Test
    void everyEscapeOfASeparatorDotControlOrHalfACharacterIsRefused() {
        for (int value = 0; value < 256; value++) {
            String path = String.format("/a%%%02x", value);
            boolean harmless = value >= 0x20 && value != '.' && value != '/' && value != '\\' && value < 0x7f;
            assertThat(RawPath.isSafe(path)).as(path).isEqualTo(harmless);
        }
    }
}
