package dev.scopegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
    @Test
    void whatTheJdkSaysWithThePathAloneIsSaidInWords() {
        assertThat(FileTrouble.of(new NoSuchFileException("/x"))).isEqualTo("there is no such file or folder");
        assertThat(FileTrouble.of(new AccessDeniedException("/x"))).isEqualTo("this process has no right to");
        assertThat(FileTrouble.of(new FileSystemException("/x"))).isEqualTo("FileSystemException");
    }

    @Test
    void whatTheJdkSaysInWordsStays() {
        assertThat(FileTrouble.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(FileTrouble.of(new FileSystemException("/x", null, "Too many open files")))
                .contains("Too many open files");
    }
}
