package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    Path folder;

    @Test
    void it_is_gone_when_it_is_closed() throws IOException {
        Path home = folder.resolve("home");
        Path path;
        try (WorkFolder work = WorkFolder.in(home)) {
            path = work.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "x");
        }

        assertThat(path).doesNotExist();
        assertThat(home.resolve("work")).isDirectoryNotContaining("glob:**/run-*");
    }

    @Test
    void the_home_folder_is_its_owners_alone() throws IOException {
        Path home = folder.resolve("new/home");
        try (WorkFolder work = WorkFolder.in(home)) {
            assertThat(work.path()).startsWith(home);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void what_a_killed_process_left_is_deleted_by_the_next() throws IOException {
        Path left = Files.createDirectories(folder.resolve("work/run-1/WEB-INF"));
        Files.writeString(left.resolve("web.xml"), "x");
        Path lock = Files.createFile(folder.resolve("work/run-1.lock"));

        try (WorkFolder work = WorkFolder.in(folder)) {
            assertThat(work.path()).isDirectory();
            assertThat(folder.resolve("work/run-1")).doesNotExist();
            assertThat(lock).doesNotExist();
        }
    }
}
