package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
    @TempDir
    Path folder;

    @Test
    void the_administrators_token_opens_the_hub_and_its_file_is_private() throws Exception {
        Path home = folder.resolve("home");
        try (Hub hub = Opened.in(home)) {
            AccessToken token =
                    admitted(hub, Files.readString(home.resolve("admin-token")).stripTrailing());

            assertThat(token).isNotNull();
            assertThat(token.owner()).isEqualTo("admin");
            assertThat(token.scopes()).containsExactly("public", "admin");
            assertThat(permissions(home)).isEqualTo("rwx------");
            assertThat(permissions(home.resolve("admin-token"))).isEqualTo("rw-------");
            assertThat(permissions(home.resolve("tokens.mv.db"))).isEqualTo("rw-------");
        }
    }

    @Test
    void the_plain_token_stands_in_no_other_file() throws Exception {
        try (Hub hub = Opened.in(folder)) {
            String secret = Files.readString(folder.resolve("admin-token")).substring(18, 48);

            assertThat(hub.mint().list(TokenQuery.all())).hasSize(1);
            assertThat(Files.readString(folder.resolve("tokens.mv.db"), StandardCharsets.ISO_8859_1))
                    .contains(hub.mint().list(TokenQuery.all()).get(0).id())
                    .doesNotContain(secret);
        }
    }

    @Test
    void a_second_start_makes_no_second_token() throws Exception {
        Opened.in(folder).close();
        byte[] before = Files.readAllBytes(folder.resolve("admin-token"));
        try (Hub hub = Opened.in(folder)) {
            assertThat(hub.mint().list(TokenQuery.all())).hasSize(1);
            assertThat(folder.resolve("admin-token")).hasBinaryContent(before);
        }
    }

    @Test
    void a_file_that_was_taken_away_is_not_made_again() throws Exception {
        Opened.in(folder).close();
        Files.delete(folder.resolve("admin-token"));
        Opened.in(folder).close();

        assertThat(folder.resolve("admin-token")).doesNotExist();
    }

    @Test
    void a_start_that_died_between_file_and_store_is_made_good() throws Exception {
        Files.writeString(folder.resolve("admin-token"), "left by a start that died\n");
        try (Hub hub = Opened.in(folder)) {
            String token = Files.readString(folder.resolve("admin-token")).stripTrailing();

            assertThat(admitted(hub, token)).isNotNull();
        }
    }

    @Test
    void of_starts_at_once_one_makes_the_token() throws Exception {
        int starts = 6;
        CyclicBarrier together = new CyclicBarrier(starts);
        ExecutorService threads = Executors.newFixedThreadPool(starts);
        try {
            List<Future<Hub>> hubs = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                hubs.add(threads.submit(() -> {
                    together.await();
                    return Opened.in(folder);
                }));
            }
            for (Future<Hub> one : hubs) {
                try (Hub hub = one.get()) {
                    String token =
                            Files.readString(folder.resolve("admin-token")).stripTrailing();
                    assertThat(hub.mint().list(TokenQuery.all())).hasSize(1);
                    assertThat(admitted(hub, token)).isNotNull();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static AccessToken admitted(Hub hub, String token) {
        return hub.scopegate()
                .check()
                .authenticate(List.of("Bearer " + token).iterator(), () -> ClientAddress.UNKNOWN)
                .accessToken();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
