package dev.scopegate.store;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TokenStoreContract;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTokenStoreTest extends TokenStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected TokenRepository open() {
        return JsonFileTokenStore.openOrCreate(file(), Duration.ZERO);
    }

    @Override
    protected TokenRepository reopen(TokenRepository before) {
        before.close();
        return JsonFileTokenStore.open(file(), Duration.ZERO);
    }

    private Path file() {
        return folder.resolve("tokens.json");
    }

    @Test
    void aNewFileIsReadableForItsOwnerAlone() throws Exception {
        assertThat(permissions(file())).isEqualTo("rw-------");

        store().add(tokens.stored("ada", "ci"), NOW);

        assertThat(permissions(file())).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theFileNeverHoldsASecret() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        store().add(StoredToken.of(token), NOW);
        store().revoke(token.facts().id(), NOW, "ada");

        String secret = token.reveal().substring(18, 48);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                assertThat(Files.readString(one)).doesNotContain(secret).doesNotContain(token.reveal());
            }
        }
        assertThat(Files.readString(file()))
                .contains(token.facts().id(), token.hash().hex());
    }

    @Test
    void aMissingFileStopsTheStartWithTheSettingsName() {
        assertThatThrownBy(() -> JsonFileTokenStore.open(folder.resolve("absent.json"), Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token-file: ")
                .hasMessageContaining("absent.json")
                .hasMessageEndingWith("cannot be read: there is no such file or folder");
    }

    @Test
    void aFileInAFolderThatIsNotThereCannotBeMade() {
        assertThatThrownBy(() -> JsonFileTokenStore.openOrCreate(folder.resolve("no/where.json"), Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token-file: ")
                .hasMessageContaining("cannot be made");
    }

    @Test
    void openingTwiceKeepsWhatIsThere() throws Exception {
        store().add(tokens.stored("ada", "ci"), NOW);

        try (TokenRepository second = JsonFileTokenStore.openOrCreate(file(), Duration.ZERO)) {
            assertThat(Pages.all(second)).hasSize(1);
        }
    }

    @Test
    void twoStoresOnOneFileThatBothWriteLoseNoToken() throws Exception {
        StoredToken doomed = tokens.stored("ada", "doomed");
        store().add(doomed, NOW);
        try (TokenRepository second = JsonFileTokenStore.open(file(), Duration.ZERO)) {
            AtOnce.run(6, thread -> {
                TokenRepository mine = thread % 2 == 0 ? store() : second;
                for (int i = 0; i < 5; i++) {
                    assertThat(mine.add(tokens.stored("ada", thread + "-" + i), NOW))
                            .isTrue();
                }
                return mine.revoke(doomed.token().id(), NOW, "thread " + thread);
            });
        }
        reopenStore();

        Set<String> names = new TreeSet<>();
        for (AccessToken token : Pages.all(store())) names.add(token.name());
        assertThat(names).hasSize(31);
        assertThat(kept(doomed.token()).token().revokedAt()).isEqualTo(NOW);
    }

    @Test
    void theSameNameIsTakenOnceThoughTwoStoresAddIt() throws Exception {
        try (TokenRepository second = JsonFileTokenStore.open(file(), Duration.ZERO)) {
            assertThat(AtOnce.run(
                            8, thread -> (thread % 2 == 0 ? store() : second).add(tokens.stored("ada", "ci"), NOW)))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void aCrashBetweenWritingAndRenamingLeavesTheOldFileWhole() throws Exception {
        store().add(tokens.stored("ada", "ci"), NOW);
        String before = Files.readString(file());
        Path leftOver = folder.resolve(".tokens.json1234.new");
        Files.writeString(leftOver, before.substring(0, before.length() / 2));

        reopenStore();

        assertThat(Pages.all(store())).hasSize(1);
        assertThat(store().add(tokens.stored("ada", "other"), NOW)).isTrue();
        assertThat(Files.exists(leftOver)).isTrue();
    }

    @Test
    void aWriteThatCannotReplaceTheFileChangesNothing() throws Exception {
        store().add(tokens.stored("ada", "ci"), NOW);
        Path elsewhere = folder.resolve("aside.json");
        Files.move(file(), elsewhere);
        Files.createDirectory(file());
        Files.createFile(file().resolve("occupied"));

        assertThatThrownBy(() -> store().add(tokens.stored("ada", "other"), NOW))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot be written");

        assertThat(Pages.all(store())).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(path -> path.toString().endsWith(".new"))).isEmpty();
        }
    }

    @Test
    void aFileThatSomebodySpoiledIsNotOverwritten() throws Exception {
        store().add(tokens.stored("ada", "ci"), NOW);
        Files.writeString(file(), "{\"tokens\":[");

        assertThatThrownBy(() -> store().add(tokens.stored("ada", "other"), NOW))
                .isInstanceOf(Unavailable.class);

        assertThat(Files.readString(file())).isEqualTo("{\"tokens\":[");
        assertThat(Pages.all(store())).hasSize(1);
    }
}
