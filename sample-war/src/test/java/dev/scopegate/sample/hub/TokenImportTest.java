package dev.scopegate.sample.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that kept its tokens in the JSON file goes on with a database. */
class TokenImportTest {
    @TempDir
    Path home;

    private Hub onFile() {
        return Hub.serving(Map.of("scopegate.home", home.toString(), "scopegate.store", "json-file"));
    }

    private static NewToken made(Hub hub, String name, @Nullable Instant expiresAt) throws Exception {
        Mint.Wish wish = new Mint.Wish(name, "ada", List.of("data.data"), expiresAt, List.of(), List.of());
        NewToken token = hub.mint().make(wish, Instant.now());
        assertThat(hub.mint().store(token)).isTrue();
        return token;
    }

    private static @Nullable AccessToken admitted(Hub hub, NewToken token) {
        return hub.scopegate()
                .check()
                .authenticate(List.of("Bearer " + token.reveal()).iterator(), () -> ClientAddress.UNKNOWN)
                .accessToken();
    }

    @Test
    void every_token_comes_along_with_its_secret_and_its_state() throws Exception {
        NewToken alive;
        NewToken revoked;
        List<StoredToken> before = new ArrayList<>();
        try (Hub hub = onFile()) {
            alive = made(hub, "alive", null);
            revoked = made(hub, "again", null);
            hub.mint().tokens().revoke(revoked.facts().id(), Instant.parse("2026-01-01T00:00:00Z"), "ada");
            made(hub, "again", null);
            for (AccessToken token : hub.mint().list(TokenQuery.all())) {
                before.add(Objects.requireNonNull(hub.mint().tokens().get(token.id())));
            }
        }

        try (Hub hub = Opened.in(home)) {
            assertThat(admitted(hub, alive)).isNotNull();
            assertThat(admitted(hub, revoked)).isNull();
            for (StoredToken token : before) {
                assertThat(hub.mint().tokens().get(token.token().id())).isEqualTo(token);
            }
            assertThat(hub.mint().list(TokenQuery.all())).hasSize(before.size()).hasSize(4);
        }
        assertThat(home.resolve("tokens.json")).doesNotExist();
        assertThat(home.resolve("tokens.json.imported")).exists();
    }

    @Test
    void the_administrator_keeps_his_token_and_gets_no_second() throws Exception {
        onFile().close();
        byte[] token = Files.readAllBytes(home.resolve("admin-token"));

        try (Hub hub = Opened.in(home)) {
            assertThat(hub.mint().list(TokenQuery.of("admin")))
                    .singleElement()
                    .matches(one -> one.scopes().contains(ScopeCatalog.ADMIN));
        }
        assertThat(home.resolve("admin-token")).hasBinaryContent(token);
    }

    @Test
    void what_was_revoked_since_the_first_import_stays_revoked_whatever_a_copy_of_the_file_says() throws Exception {
        NewToken token;
        try (Hub hub = onFile()) {
            token = made(hub, "ci", null);
        }
        Path copy = Files.copy(home.resolve("tokens.json"), home.resolve("copy"));
        try (Hub hub = Opened.in(home)) {
            hub.mint().tokens().revoke(token.facts().id(), Instant.now(), "ada");
        }
        Files.move(copy, home.resolve("tokens.json"));

        try (Hub hub = Opened.in(home)) {
            assertThat(admitted(hub, token)).isNull();
            assertThat(hub.mint().list(TokenQuery.all())).hasSize(2);
        }
    }

    @Test
    void what_was_revoked_while_the_file_was_in_use_again_is_revoked_where_it_is_brought() throws Exception {
        NewToken token;
        try (Hub hub = onFile()) {
            token = made(hub, "ci", null);
        }
        Opened.in(home).close();
        Files.move(home.resolve("tokens.json.imported"), home.resolve("tokens.json"));
        try (Hub hub = onFile()) {
            hub.mint().tokens().revoke(token.facts().id(), Instant.parse("2026-01-01T00:00:00Z"), "ada");
        }

        try (Hub hub = Opened.in(home)) {
            assertThat(admitted(hub, token)).isNull();
            StoredToken kept =
                    Objects.requireNonNull(hub.mint().tokens().get(token.facts().id()));
            assertThat(kept.token().revokedAt()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(kept.token().revokedBy()).isEqualTo("ada");
        }
    }

    @Test
    void a_file_that_is_ill_formed_stops_the_start_and_stays() throws Exception {
        Path file = Files.writeString(home.resolve("tokens.json"), "{\"tokens\": [}");

        assertThatThrownBy(() -> Opened.in(home))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokens.json")
                .hasMessageContaining("line 1");
        assertThat(file).hasContent("{\"tokens\": [}");
    }
}
