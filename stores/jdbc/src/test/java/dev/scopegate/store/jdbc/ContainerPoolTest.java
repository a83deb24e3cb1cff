package dev.scopegate.store.jdbc;

import static dev.scopegate.testkit.TestTokens.NOW;
import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.jdbc.naming.java.javaURLContextFactory;
import dev.scopegate.testkit.TestTokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools of a container, whose connections come as their owner likes them. */
class ContainerPoolTest {
    private static final String NAME = "java:comp/env/jdbc/tokens";
    private static final Map<String, String> SETTINGS = Map.of("jdbc-data-source", NAME, "jdbc-timeout", "1s");

    private static EmbeddedPostgres postgres;

    private final TestTokens tokens = new TestTokens();
    private final Queue<Connection> lent = new ConcurrentLinkedQueue<>();

    /** What the container does to a connection before it is lent. */
    @FunctionalInterface
    private interface Habit {
        Connection of(Connection connection) throws SQLException;
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void begin() throws Exception {
        System.setProperty("java.naming.factory.url.pkgs", "dev.scopegate.store.jdbc.naming");
        execute(postgres.getPostgresDatabase().getConnection(), "drop schema public cascade; create schema public");
    }

    @AfterEach
    void end() {
        System.clearProperty("java.naming.factory.url.pkgs");
    }

    private JdbcTokenStore open(Habit habit) {
        DataSource real = postgres.getPostgresDatabase();
        javaURLContextFactory.bind(NAME, Sources.of(() -> {
            Connection connection = habit.of(real.getConnection());
            lent.add(connection);
            return connection;
        }));
        return Databases.open(SETTINGS);
    }

    private static Connection manual(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void connectionsThatDoNotCommitByThemselvesLoseNothingAndHearEverything() throws Exception {
        StoredToken expired = tokens.stored("ada", "ci");
        expired = expired.with(expired.token().toBuilder().expiresAt(NOW).build());
        StoredToken next = tokens.stored("ada", "ci");
        try (JdbcTokenStore store = open(ContainerPoolTest::manual);
                JdbcTokenStore other = open(connection -> connection)) {
            var heard = heardOn(store);
            assertThat(other.add(expired, NOW.minusSeconds(1))).isTrue();
            await(heard, new TokenChange.OfToken(expired.token().id()));

            assertThat(store.add(next, NOW.plusSeconds(1))).isTrue(); // takes the name of the one that is over
            assertThat(other.get(next.token().id())).isEqualTo(next);
            assertThat(store.purge(NOW.plusSeconds(1), 10)).isEqualTo(1);
            assertThat(other.get(expired.token().id())).isNull();
        }
    }

    @Test
    void aConnectionGoesBackAsItCame() throws Exception {
        DataSource source = Sources.of(() -> {
            Connection connection = manual(postgres.getPostgresDatabase().getConnection());
            connection.setNetworkTimeout(Runnable::run, 60_000);
            return Sources.withoutClosing(connection, lent::add);
        });
        try (Database database = new Database(source, 1, TimeUnit.SECONDS.toNanos(1))) {
            String lentAs =
                    database.run(connection -> connection.getAutoCommit() + " " + connection.getNetworkTimeout());
            assertThat(lentAs).isEqualTo("true 1000");
        }

        Connection back = lent.remove();
        assertThat(back.getAutoCommit()).isFalse();
        assertThat(back.getNetworkTimeout()).isEqualTo(60_000);
        back.close();
    }

    @Test
    void aPoolerThatForgetsWhatASessionListensToStopsTheStart() {
        assertThatThrownBy(() -> open(Sources::forgetfulOfListening))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a pooler has to be in session mode");
    }

    @Test
    void aNodeThatHearsNothingThoughEverythingIsAnsweredNoticesIt() throws Exception {
        try (JdbcTokenStore store = open(connection -> connection)) {
            var heard = heardOn(store);
            StoredToken token = tokens.stored("ada", "ci");
            store.add(token, NOW);
            for (Connection connection : lent) if (!connection.isClosed()) execute(connection, "unlisten *");

            await(heard, new TokenChange.OfEverything());

            assertThat(store.health()).isEqualTo(StoreHealth.UP);
            try (JdbcTokenStore other = open(connection -> connection)) {
                other.revoke(token.token().id(), NOW, "ada");
                await(heard, new TokenChange.OfToken(token.token().id()));
            }
        }
    }
}
