package dev.scopegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.KeyRingContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key rings of this module. */
class KeyRingsTest {
    @TempDir
    private Path folder;

    @Nested
    class InMemory extends KeyRingContract {
        private final KeyRing ring = new InMemoryKeyRing();

        @Override
        protected KeyRing node() {
            return ring;
        }
    }

    @Nested
    class InFile extends KeyRingContract {
        @Override
        protected KeyRing node() {
            return FileKeyRing.open(folder.resolve("keys"));
        }
    }

    @Test
    void theFileIsForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("keys");
        FileKeyRing.open(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        KeyRing again = FileKeyRing.open(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(again.replace(again.read(), "a key")).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsSomethingElseStopsTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "{}");
        assertThatThrownBy(() -> FileKeyRing.open(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("first line");
    }

    @Test
    void aFileThatIsGoneCannotBeRead() throws Exception {
        KeyRing ring = FileKeyRing.open(folder.resolve("keys"));
        Files.delete(folder.resolve("keys"));
        assertThatThrownBy(ring::read).isInstanceOf(Unavailable.class);
    }

    @Test
    void aDenialBesideATokenFileOutlivesTheProcessAndIsTold() throws Exception {
        Path tokens = folder.resolve("tokens.json");
        Instant end = Instant.now().plusSeconds(3_600);
        List<TokenChange> heard = new ArrayList<>();
        try (JsonFileTokenStore store = JsonFileTokenStore.openOrCreate(tokens, Duration.ZERO)) {
            store.changes().subscribe(heard::add);
            assertThat(store.denylist().denies("t 1")).isFalse();
            assertThat(folder.resolve("tokens.json.denied")).doesNotExist();
            store.denylist().deny("t 1", end);
            store.denylist().deny("t 2", Instant.EPOCH);
            store.denylist().deny("t 3", end);
            assertThat(store.denylist().denies("t 1")).isTrue();
        }
        assertThat(heard).contains(new TokenChange.OfJti("t 1"));
        try (JsonFileTokenStore store = JsonFileTokenStore.open(tokens, Duration.ZERO)) {
            assertThat(store.denylist().denies("t 1")).isTrue();
            assertThat(store.denylist().denies("t 2")).isFalse();
            assertThat(store.denylist().denies("t 3")).isTrue();
            assertThat(store.denylist().denies("t")).isFalse();
            Files.writeString(folder.resolve("tokens.json.denied"), "soon t 1\n");
            assertThatThrownBy(() -> store.denylist().denies("t 1")).isInstanceOf(Unavailable.class);
        }
    }
}
