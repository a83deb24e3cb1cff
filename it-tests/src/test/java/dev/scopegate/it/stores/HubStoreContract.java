package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.it.http.RawRequest;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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

    private RunningServer hub(String name, String... further) throws Exception {
        Path work = Files.createDirectories(folder.resolve(name));
        List<String> all = new ArrayList<>(backend.options());
        all.addAll(List.of(further));
        String[] options = all.toArray(String[]::new);
        return RunningServer.start(Container.embedded(), work, work.resolve("home"), options);
    }

    private String made(RunningServer hub, String name) throws Exception {
        return made(hub, name, "public");
    }

    private String made(RunningServer hub, String name, String scopes) throws Exception {
        String[] words = {"--name", name, "--scopes", scopes, "--owner", "ada"};
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

    @Test
    void aJwtThatOneHubSignedIsGoodOnAnotherUntilItIsRevoked() throws Exception {
        assumeTrue(backend.isShared(), "this store belongs to one hub");
        byte[] random = new byte[48];
        new SecureRandom().nextBytes(random);
        String secret = "-Dscopegate.secret-key=" + Base64.getEncoder().encodeToString(random);
        try (RunningServer one = hub("signing", secret);
                RunningServer other = hub("verifying", secret)) {
            String admin = made(one, "maker", "tokens.manage data.data");
            String headers = "Authorization: Bearer " + admin + "\r\nContent-Type: application/json";
            String body = "{\"name\":\"backend\",\"expiration_time\":\"2035-01-01T00:00:00Z\"}";
            RawRequest make =
                    new RawRequest("POST", "/api/v1/auth/private_tokens", List.of(headers.split("\r\n", -1)), body);
            JsonNode token = Json.read(one.client().send(make).text());
            String jwt = token.path("data").asText();
            assertThat(me(one, jwt)).isEqualTo(200);
            assertThat(me(other, jwt)).isEqualTo(200);
            assertThat(one.home().resolve("signing-keys")).doesNotExist();

            String place = "/api/v1/auth/private_tokens/" + token.path("id").asText();
            RawRequest delete = new RawRequest("DELETE", place, List.of("Authorization: Bearer " + admin), "");
            assertThat(one.client().send(delete).status()).isEqualTo(204);

            assertThat(me(one, jwt)).isEqualTo(401);
            Await.until("the other hub knows", SOON, () -> me(other, jwt) == 401);
        }
    }

    @Test
    void ofThirtyTwoClientsAtOnceAllGetOnePairAndOneRotates() throws Exception {
        try (RunningServer hub = hub("races")) {
            String[] words = {"--name", "racer", "--scopes", "tokens.manage data.data", "--owner", "ada"};
            ClientsAtOnce clients = new ClientsAtOnce(hub, Hub.createToken(backend.options(), hub.home(), words));
            JsonNode key = clients.one("/api/v1/api-keys", "{'name':'race','scopes':['data.data']}");
            String both = "{'apiKey':'" + key.path("api_key").asText() + "','%s':'%s'}";
            String secret = both.formatted("secret", key.path("secret").asText());
            JsonNode pair = clients.one("/api/v1/auth/authenticate", secret);

            String refresh =
                    both.formatted("refreshToken", pair.path("refreshToken").asText());
            List<ClientsAtOnce.Answer> pairs = clients.all("/api/v1/auth/refreshToken", refresh);
            assertThat(pairs).allMatch(answer -> answer.status() == 200);
            assertThat(pairs.stream().map(ClientsAtOnce.Answer::body).distinct())
                    .hasSize(1);
            String access = Json.read(pairs.get(0).body()).path("accessToken").asText();
            assertThat(me(hub, access)).isEqualTo(200);

            JsonNode token = clients.one("/api/v1/tokens", "{'name':'rotated','scopes':['data.data']}");
            String place = "/api/v1/tokens/" + token.path("id").asText();
            List<ClientsAtOnce.Answer> rotated = clients.all(place + "/rotate", "");
            // who comes late enough sees the token as it is by then, and rotates it again: each winner ends the one
            // before
            assertThat(rotated).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
            List<String> made = rotated.stream()
                    .filter(answer -> answer.status() == 200)
                    .map(answer -> Json.read(answer.body()).path("token").asText())
                    .toList();
            int working = 0;
            for (String each : made) working += me(hub, each) == 200 ? 1 : 0;
            assertThat(working).isEqualTo(1);
            assertThat(me(hub, token.path("token").asText())).isEqualTo(401);
        }
    }
}
