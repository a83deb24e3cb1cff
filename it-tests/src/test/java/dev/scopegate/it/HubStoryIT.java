package dev.scopegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.http.RawResponse;
import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Container;
import dev.scopegate.it.server.Hub;
import dev.scopegate.it.server.RunningServer;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.tokens.TokenForge;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A newcomer's hour with {@code java -jar}: first start, first row, tokens made and revoked, a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HubStoryIT {
    private Path folder;
    private Path home;
    private RunningServer server;
    private String ada;

    @BeforeAll
    void firstStart() throws Exception {
        folder = TestFiles.emptyFolder("story");
        home = folder.resolve("a home with blanks");
        server = RunningServer.start(Container.embedded(), folder, home);
    }

    @AfterAll
    void stop() {
        if (server == null) return;
        server.close();
        assertThat(server.jvm().out()).contains("stopped");
        assertThat(server.jvm().err()).doesNotContain("\tat ");
    }

    @Test
    @Order(1)
    void the_first_start_writes_an_administrators_token_for_its_owner_alone() throws Exception {
        Path file = home.resolve("admin-token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(server.get("/api/v1/me", Files.readString(file).strip()).text())
                .contains("\"admin\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("tokens.mv.db"))))
                .isEqualTo("rw-------");
        assertThat(server.jvm().out()).doesNotContain(Files.readString(file).strip());
    }

    @Test
    @Order(2)
    void the_printed_curl_line_answers_rows() throws Exception {
        String line = server.jvm()
                .out()
                .lines()
                .filter(one -> one.startsWith("curl "))
                .findFirst()
                .orElseThrow();
        Path answer = folder.resolve("curl.json");
        Process curl = new ProcessBuilder("bash", "-c", line + " --silent --fail --max-time 20")
                .redirectOutput(answer.toFile())
                .redirectError(new File("/dev/null"))
                .start();

        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as("exit code of: " + line).isZero();
        assertThat(Json.read(Files.readString(answer)).at("/results/0/species").asText())
                .isEqualTo("Adelie");
    }

    @Test
    @Order(3)
    void without_the_token_it_is_401() throws Exception {
        RawResponse refused = server.get("/api/v1/datasets/penguins/rows?limit=5", "");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer realm=");
        assertThat(Json.read(refused.text()).at("/errors/0/code").asText()).isEqualTo("not_authenticated");
    }

    @Test
    @Order(4)
    void a_token_made_while_the_hub_runs_works_at_once() throws Exception {
        ada = Hub.createToken(List.of(), home, "--name", "laptop", "--scopes", "public", "--owner", "ada");

        assertThat(server.get("/api/v1/me", ada).status()).isEqualTo(200);
        assertThat(server.get("/api/v1/datasets/clinic", ada).status()).isEqualTo(404);
    }

    @Test
    @Order(5)
    void a_token_with_a_larger_scope_sees_what_is_hidden() throws Exception {
        String overview =
                Hub.createToken(List.of(), home, "--name", "overview", "--scopes", "data.overview", "--owner", "ada");

        assertThat(server.get("/api/v1/datasets/clinic", overview).status()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void the_list_shows_tokens_without_their_secrets() throws Exception {
        Hub.Said said = Hub.run(List.of(), "token", "list", "--home", home.toString());

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains(TokenForge.id(ada), "laptop", "ada", "active");
        assertThat(said.out()).doesNotContain(TokenForge.secret(ada));
    }

    @Test
    @Order(7)
    void a_restart_keeps_tokens_and_makes_no_second_administrator() throws Exception {
        String admin = Files.readString(home.resolve("admin-token"));
        server.close();
        server = RunningServer.start(Container.embedded(), folder, home);

        assertThat(server.get("/api/v1/me", ada).status()).isEqualTo(200);
        assertThat(home.resolve("admin-token")).hasContent(admin);
        assertThat(server.get("/api/v1/me", admin.strip()).status()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void a_revoked_token_is_dead_at_once_and_says_nothing_of_it() throws Exception {
        assertThat(server.get("/api/v1/me", ada).status()).isEqualTo(200);
        Hub.Said said =
                Hub.run(List.of(), "token", "revoke", "--name", "laptop", "--owner", "ada", "--home", home.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();

        assertThat(server.get("/api/v1/me", ada).status()).isEqualTo(401);
        assertThat(server.get("/api/v1/me", ada).text())
                .isEqualTo(server.get("/api/v1/me", TokenForge.unknown("sgp")).text());
        assertThat(Hub.run(List.of(), "token", "list", "--home", home.toString())
                        .out())
                .contains("revoked");
    }
}
