package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The hub with its tokens in one kind of store: the same story for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HubStoreContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Path folder = TestFiles.emptyFolder(getClass().getSimpleName());
    private Backend backend;

    /** Starts what keeps the tokens. */
    abstract Backend backend(Path scratch) throws Exception;

    @BeforeAll
    void start() throws Exception {
        backend = backend(folder.resolve("backend"));
    }

    @AfterAll
    void stop() throws Exception {
        if (backend != null) backend.close();
    }

    private RunningServer hub(String name) throws Exception {
        Path work = Files.createDirectories(folder.resolve(name));
        String[] options = backend.options().toArray(String[]::new);
        return RunningServer.start(Container.embedded(), work, work.resolve("home"), options);
    }

    private String made(RunningServer hub, String name) throws Exception {
        String[] words = {"--name", name, "--scopes", "public", "--owner", "ada"};
        return Hub.createToken(backend.options(), hub.home(), words);
    }

    private void revoke(RunningServer hub, String token) throws Exception {
        Hub.Said said = Hub.run(
                backend.options(),
                "token",
                "revoke",
                "--id",
                TokenForge.id(token),
                "--home",
                hub.home().toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
    }

    private static int me(RunningServer hub, String token) throws Exception {
        return hub.get("/api/v1/me", token).status();
    }

    @Test
    void aTokenWorksAsSoonAsItIsMadeAndNoLongerThanItIsRevoked() throws Exception {
        try (RunningServer hub = hub("one")) {
            String token = made(hub, "laptop");
            assertThat(me(hub, token)).isEqualTo(200);
            revoke(hub, token);
            assertThat(me(hub, token)).isEqualTo(401);
        }
    }

    @Test
    void aHubThatIsKilledHasLostNothing() throws Exception {
        String kept;
        String revoked;
        try (RunningServer hub = hub("killed")) {
            kept = made(hub, "kept");
            revoked = made(hub, "revoked");
            assertThat(me(hub, revoked)).isEqualTo(200);
            revoke(hub, revoked);
            hub.jvm().kill();
        }
        String listed = Hub.run(backend.options(), "token", "list", "--home", home("killed"))
                .out(); // without a hub, though its key is there still
        assertThat(listed).contains(TokenForge.id(kept), TokenForge.id(revoked));
        try (RunningServer hub = hub("killed")) {
            assertThat(me(hub, kept)).isEqualTo(200);
            assertThat(me(hub, revoked)).isEqualTo(401);
        }
    }

    private String home(String name) {
        return folder.resolve(name).resolve("home").toString();
    }

    @Test
    void whatHappensOnOneHubAnotherKnows() throws Exception {
        assumeTrue(backend.isShared(), "this store belongs to one hub");
        try (RunningServer one = hub("first");
                RunningServer other = hub("second")) {
            String token = made(one, "shared");
            assertThat(me(other, token)).isEqualTo(200);
            revoke(one, token);
            Await.until("the other hub knows", SOON, () -> me(other, token) == 401);

            List<Path> administrators = List.of(one.home(), other.home()).stream()
                    .map(home -> home.resolve("admin-token"))
                    .filter(Files::exists)
                    .toList();
            assertThat(administrators).hasSizeLessThanOrEqualTo(1);
        }
    }
}
