package dev.scopegate.store.jdbc;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.Scopegate;
import dev.scopegate.config.Configuration;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that stops in the middle of a change, with a token's row locked. */
class FrozenNodeTest {
    @TempDir
    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private final StoredToken token = tokens.stored("ada", "ci");
    private final StoredToken another = tokens.stored("ada", "another");

    private static Map<String, String> settings(String url, String user) {
        return Map.of("jdbc-url", url, "jdbc-user", user, "jdbc-timeout", "2s");
    }

    private void lock(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            lock.execute("update scopegate_token set hint = 'x' where id = '"
                    + token.token().id() + "'");
        }
    }

    /** Its connection is like every node's: the database ends its transaction. */
    private void aFrozenNodeDelaysARevocationAndNoMore(String url, String user) throws Exception {
        Configuration configuration = Configuration.builder(Scopegate.settings())
                .add("test", settings(url, user))
                .build();
        Pool frozen = Pool.open(configuration);
        try (JdbcTokenStore store = Databases.open(settings(url, user))) {
            store.add(token, NOW);
            lock(frozen.source().getConnection());

            assertThat(Objects.requireNonNull(store.revoke(token.token().id(), NOW, "ada"))
                            .revokedAt())
                    .isEqualTo(NOW);
        } finally {
            frozen.close().run();
        }
    }

    /** Somebody's connection that the database does not end, as of an operator who has left a console open. */
    private void aLockThatLastsIsNoOutage(String url, String user) throws Exception {
        try (JdbcTokenStore store = Databases.open(settings(url, user));
                Connection console = DriverManager.getConnection(url, user, "")) {
            store.add(token, NOW);
            store.add(another, NOW);
            lock(console);

            assertThatThrownBy(() -> store.revoke(token.token().id(), NOW, "ada"))
                    .isInstanceOf(Unavailable.class);

            assertThat(store.health().available()).isTrue();
            assertThat(store.get(token.token().id())).isNotNull();
            assertThat(store.revoke(another.token().id(), NOW, "ada")).isNotNull();
            console.rollback();
            assertThat(store.revoke(token.token().id(), NOW, "ada")).isNotNull();
        }
    }

    @Test
    void postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            aFrozenNodeDelaysARevocationAndNoMore(url, "postgres");
            Databases.execute(url, "postgres", "truncate scopegate_token");
            aLockThatLastsIsNoOutage(url, "postgres");
        }
    }

    @Test
    void mariaDb() throws Exception {
        try (MariaDbServer server = new MariaDbServer(folder)) {
            String url = server.url("tokens");
            aFrozenNodeDelaysARevocationAndNoMore(url, "root");
            Databases.execute(url, "root", "truncate scopegate_token");
            aLockThatLastsIsNoOutage(url, "root");
        }
    }

    @Test
    void h2() throws Exception {
        aLockThatLastsIsNoOutage("jdbc:h2:mem:" + Databases.newName() + ";DB_CLOSE_DELAY=-1", "sa");
    }
}
