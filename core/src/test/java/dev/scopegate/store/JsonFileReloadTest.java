package dev.scopegate.store;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.NewToken;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileReloadTest {
    @TempDir
    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private final StoredToken ada = tokens.stored("ada", "ci");
    private final StoredToken bob = tokens.stored("bob", "ci");
    private final LogLines log = new LogLines();
    private final List<TokenChange> told = new ArrayList<>();
    private Path file;
    private JsonFileTokenStore store;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("tokens.json");
        put(TokenTable.EMPTY.putting(ada));
        store = JsonFileTokenStore.open(file, Duration.ZERO);
        store.changes().subscribe(told::add);
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
    }

    private void put(TokenTable table) throws Exception {
        put(new String(TokenJson.write(table), StandardCharsets.UTF_8));
    }

    private void put(String content) throws Exception {
        Path fresh = Files.writeString(folder.resolve("fresh"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static StoredToken revoked(StoredToken row) {
        return row.with(row.token().toBuilder().revoked(NOW, "admin").build());
    }

    @Test
    void aFilePutInPlaceOfTheOldOneIsReadAndItsDifferencesAreTold() throws Exception {
        put(TokenTable.EMPTY.putting(revoked(ada)).putting(bob));

        store.refresh();

        assertThat(store.get(ada.token().id())).isEqualTo(revoked(ada));
        assertThat(store.get(bob.token().id())).isEqualTo(bob);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        new TokenChange.OfToken(ada.token().id()),
                        new TokenChange.OfToken(bob.token().id()));
        assertThat(log.all()).anyMatch(line -> line.contains("tokens changed: 2"));
    }

    @Test
    void thePollingThreadSeesTheNewFileByItself() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (JsonFileTokenStore polling = JsonFileTokenStore.open(file, Duration.ofMillis(1))) {
            polling.changes().subscribe(change -> seen.countDown());
            put(TokenTable.EMPTY.putting(revoked(ada)));

            assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(polling.get(ada.token().id())).isEqualTo(revoked(ada));
        }
    }

    @Test
    void aListenerThatFailsDoesNotEndThePolling() throws Exception {
        CountDownLatch seen = new CountDownLatch(2);
        try (JsonFileTokenStore polling = JsonFileTokenStore.open(file, Duration.ofMillis(1))) {
            CountDownLatch first = new CountDownLatch(1);
            polling.changes().subscribe(change -> {
                first.countDown();
                seen.countDown();
                throw new IllegalStateException("broken listener");
            });
            put(TokenTable.EMPTY.putting(revoked(ada)));
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            put(TokenTable.EMPTY.putting(bob));

            assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRemovedTokenIsToldOfAndGone() throws Exception {
        put(TokenTable.EMPTY);

        store.refresh();

        assertThat(store.get(ada.token().id())).isNull();
        assertThat(told).containsExactly(new TokenChange.OfToken(ada.token().id()));
    }

    @Test
    void moreThanAHundredDifferencesAreToldAsOne() throws Exception {
        TokenTable many = TokenTable.EMPTY;
        for (int i = 0; i < 101; i++) many = many.putting(tokens.stored("ada", "ci-" + i));
        put(many);

        store.refresh();

        assertThat(told).containsExactly(new TokenChange.OfEverything());
    }

    @Test
    void anIllFormedFileChangesNothingAndIsReportedOnce() throws Exception {
        put("{\"tokens\":[{\"id\":");

        store.refresh();
        store.refresh();

        assertThat(store.get(ada.token().id())).isEqualTo(ada);
        assertThat(told).isEmpty();
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("tokens.json", "is not used, the tokens read before stay");
    }

    @Test
    void aRemovedFileChangesNothingAndIsReportedOnce() throws Exception {
        Files.delete(file);

        store.refresh();
        store.refresh();
        store.refresh();

        assertThat(store.get(ada.token().id())).isEqualTo(ada);
        assertThat(log.errors()).hasSize(1);
    }

    @Test
    void afterAnIllFormedOrMissingFileTheNextGoodOneIsRead() throws Exception {
        put("nonsense");
        store.refresh();
        put(TokenTable.EMPTY.putting(bob));
        store.refresh();
        assertThat(store.get(bob.token().id())).isEqualTo(bob);

        Files.delete(file);
        store.refresh();
        put(TokenTable.EMPTY.putting(ada));
        store.refresh();
        assertThat(store.get(ada.token().id())).isEqualTo(ada);
    }

    @Test
    void aFileThatIsStillTheSameIsNotReadAgain() {
        store.refresh();

        assertThat(log.all()).isEmpty();
    }

    @Test
    void twentyThousandTokensAreRead() throws Exception {
        Map<String, StoredToken> rows = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            StoredToken row = tokens.stored("owner-" + i % 100, "ci-" + i);
            rows.put(row.token().id(), row);
        }
        put(new TokenTable(rows));

        store.refresh();

        assertThat(Pages.all(store)).hasSize(20_000);
        assertThat(told).containsExactly(new TokenChange.OfEverything());
    }

    @Test
    void aLiveLookUpSeesWhatAnotherProcessDidEvenIfNobodyPolls() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        Path path = folder.resolve("live.json");
        try (JsonFileTokenStore here = JsonFileTokenStore.openOrCreate(path, Duration.ZERO);
                JsonFileTokenStore elsewhere = JsonFileTokenStore.open(path, Duration.ZERO)) {
            here.add(StoredToken.of(token), NOW);
            assertThat(elsewhere.find(tokens.present(token))).isEqualTo(StoredToken.of(token));

            here.revoke(token.facts().id(), NOW, "ada");

            StoredToken live = elsewhere.findLive(tokens.present(token));
            assertThat(live.token().revokedAt()).isEqualTo(NOW);
            Files.delete(path);
            assertThatThrownBy(() -> elsewhere.findLive(tokens.present(token))).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aFileThatIsFarTooLargeIsNotReadAndEndsNoPolling() throws Exception {
        Path path = folder.resolve("large.json");
        try (JsonFileTokenStore store = JsonFileTokenStore.openOrCreate(path, Duration.ZERO)) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(3L << 30); // without a byte on the disk
            }
            store.refresh();
            Files.writeString(path, "{\"tokens\":[]}");
            store.refresh();
            store.add(tokens.stored("ada", "ci"), NOW);
            assertThat(Pages.all(store)).hasSize(1);
        }
    }

    @Test
    void aLinkStaysALinkAndReadersKeepTheirRights() throws Exception {
        Path real = Files.writeString(folder.resolve("real.json"), "{\"tokens\":[]}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), real);
        try (JsonFileTokenStore store = JsonFileTokenStore.open(link, Duration.ZERO)) {
            store.add(tokens.stored("ada", "ci"), NOW);
        }
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).contains("\"ada\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
    }
}
