package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path home;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = Opened.in(home);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private int run(String action, Map<String, String> options) throws Exception {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        TokenCommand.Tokens tokens =
                new TokenCommand.Tokens(hub.mint(), hub.scopegate().catalog(), clock);
        return new TokenCommand(tokens, print(out), print(err)).execute(action, options);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private AccessToken newest() throws Exception {
        return hub.mint().list(TokenQuery.all()).get(0);
    }

    @Test
    void who_gives_settings_to_what_a_running_hub_does_is_told_that_they_had_no_effect() {
        Home folder = Home.open(home);
        assertThat(TokenCommand.withoutEffect(folder, List.of("java.home", "scopegate.home")))
                .isEmpty();
        assertThat(TokenCommand.withoutEffect(folder, List.of("scopegate.token-file", "scopegate.store")))
                .contains(home + " was asked", "so scopegate.store, scopegate.token-file had no effect", "--home");
    }

    @Test
    void create_prints_the_token_alone_and_stores_its_facts() throws Exception {
        int status = run(
                "create",
                Map.of(
                        "name", " rows ",
                        "scopes", "data.data,job:list  job:list",
                        "owner", "ada",
                        "expires", "2030-02-01T01:00:00+01:00",
                        "resources", "dataset:penguins organization:demo",
                        "networks", "10.0.0.0/8,::1"));

        AccessToken token = newest();
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("sgp_" + token.id() + "[0-9A-Za-z]{36}\\R");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(token.id()).doesNotContain("sgp_");
        assertThat(token.name()).isEqualTo("rows");
        assertThat(token.owner()).isEqualTo("ada");
        assertThat(token.createdBy()).isEqualTo("admin");
        assertThat(token.scopes()).containsExactly("public", "data.data", "job:list");
        assertThat(token.createdAt()).isEqualTo(NOW);
        assertThat(token.expiresAt()).isEqualTo(Instant.parse("2030-02-01T00:00:00Z"));
        assertThat(token.resources()).containsExactly("dataset:penguins", "organization:demo");
        assertThat(token.allowedNetworks()).hasToString("[10.0.0.0/8, ::1]");
        assertThat(token.hint()).startsWith("sgp_" + token.id().substring(0, 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scopes=data.dta | the nearest valid name is 'data.data'",
                "owner=bob;scopes=admin | for the owner 'admin' only",
                "name= | 1 to 100 characters",
                "name=a\tb | 1 to 100 characters",
                "expires=tomorrow | an instant such as",
                "expires=2030-01-01T00:00:00Z | in the past",
                "resources=penguins | is not written KIND:NAME",
                "resources=dataset: | is not written KIND:NAME",
                "networks=10.0.0.1/8 | bits set beyond its prefix",
            })
    void create_refuses_what_it_cannot_mean(String wrong, String sentence) {
        Map<String, String> options = new TreeMap<>(Map.of("name", "n", "scopes", "public"));
        for (String pair : wrong.split(";", -1)) options.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("create", options))
                .withMessageContaining(sentence);
        assertThat(out.size()).isZero();
    }

    @Test
    void an_owner_has_one_active_token_of_a_name() throws Exception {
        assertThat(run("create", Map.of("name", "n", "scopes", "public"))).isZero();
        assertThat(run("create", Map.of("name", "n", "scopes", "public"))).isEqualTo(1);
        assertThat(run("create", Map.of("name", "n", "scopes", "public", "owner", "ada")))
                .isZero();
        assertThat(hub.mint().list(TokenQuery.all())).hasSize(3);
    }

    @Test
    void revoke_takes_an_id_or_a_name_with_its_owner() throws Exception {
        run("create", Map.of("name", "n", "scopes", "public", "owner", "ada"));
        String id = newest().id();

        assertThat(run("revoke", Map.of("name", "n"))).isEqualTo(1);
        assertThat(run("revoke", Map.of("name", "n", "owner", "ada"))).isZero();
        assertThat(run("revoke", Map.of("id", id))).isZero();
        assertThat(newest().statusAt(NOW.toEpochMilli())).isEqualTo(TokenStatus.REVOKED);
        assertThat(newest().revokedBy()).isEqualTo("admin");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void revoke_needs_to_know_which() {
        assertThatIllegalArgumentException().isThrownBy(() -> run("revoke", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> run("revoke", Map.of("id", "x", "name", "y")));
    }

    @Test
    void list_shows_every_token_and_no_secret() throws Exception {
        run("create", Map.of("name", "gone", "scopes", "public", "expires", "2030-01-01T00:00:01Z"));
        String plain = out.toString(StandardCharsets.UTF_8).strip();
        out.reset();

        assertThat(run("list", Map.of())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("first start (public admin)", "gone (public)", newest().id())
                .doesNotContain(plain.substring(18));
    }
}
