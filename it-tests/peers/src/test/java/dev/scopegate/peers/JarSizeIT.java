package dev.scopegate.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What an application gets larger by, without dependencies. */
class JarSizeIT {
    private static final Path JARS = Path.of(System.getProperty("scopegate.jars"));

    /** The goal of 250 KB, set before there were export limits and an audit log, is not reached; this holds what is. See docs/performance.md. */
    private static final long MOST_BYTES = 520_000;

    @Test
    void coreFilterAndFeatureStayAsSmallAsTheyAre() throws IOException {
        assertThat(size("core") + size("filter") + size("jaxrs")).isLessThan(MOST_BYTES);
    }

    private static long size(String module) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(JARS, "scopegate-" + module + "-*.jar")) {
            return Files.size(found.iterator().next());
        }
    }
}
