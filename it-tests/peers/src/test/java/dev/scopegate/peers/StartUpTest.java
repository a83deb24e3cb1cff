package dev.scopegate.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a start loads, which does not depend on the machine. */
class StartUpTest {
    /** Its classes are four hundred, and were most of what filter and feature added to a start. */
    @Test
    void settingsCatalogAndTokenFileAreReadWithoutAnObjectMapper() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartUp.class.getName(),
                        "guarded")
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isZero();
        assertThat(said.contains(" dev.scopegate.servlet.BearerTokenFilter ")).isTrue();
        assertThat(said.contains(" com.fasterxml.jackson.core.JsonFactory ")).isTrue();
        assertThat(said.contains(" com.fasterxml.jackson.databind.ObjectMapper "))
                .isFalse();
    }
}
