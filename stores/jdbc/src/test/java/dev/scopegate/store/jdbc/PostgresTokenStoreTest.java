package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.DeniedEverywhere;
import dev.scopegate.testkit.OutageContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTokenStoreTest extends OutageContract {
    @TempDir
    private static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected void stopServer() throws Exception {
        server.kill();
    }

    @Override
    protected void startServer() throws Exception {
        server.start();
    }

    @Override
    protected TokenRepository open() throws Exception {
        Databases.execute(server.url("postgres"), "postgres", "drop schema public cascade; create schema public");
        return another();
    }

    @Override
    protected TokenRepository another() {
        return server.open();
    }

    @Test
    void aJwtThatOneNodeDeniesIsRefusedByEveryOther(@TempDir Path files) throws Exception {
        DeniedEverywhere.check(
                files, Map.of("store", "jdbc,jwt", "jdbc-url", server.url("postgres"), "jdbc-user", "postgres"));
    }

    @Test
    void anUnknownDatabaseStopsTheStart() {
        assertThatThrownBy(() -> Databases.open(server.url("nosuch"), "postgres", "guess-4711"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jdbc-url: the database cannot be used: ")
                .hasMessageContaining("\"nosuch\" does not exist")
                .hasMessageNotContaining("4711");
    }
}
