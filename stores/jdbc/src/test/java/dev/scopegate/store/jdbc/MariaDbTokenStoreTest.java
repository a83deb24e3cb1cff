package dev.scopegate.store.jdbc;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.DeniedEverywhere;
import dev.scopegate.testkit.OutageContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbTokenStoreTest extends OutageContract {
    @TempDir
    private static Path folder;

    private static MariaDbServer server;

    private String schema = "";

    @BeforeAll
    static void start() throws Exception {
        server = new MariaDbServer(folder);
    }

    @AfterAll
    static void stop() {
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
        schema = Databases.newName();
        Databases.execute(server.url(""), "root", "create database " + schema);
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Databases.open(url(), "root", "");
    }

    private String url() {
        return server.url(schema);
    }

    @Test
    void changesThatAreCommittedOutOfOrderAreAllHeard() throws Exception {
        try (Connection early = DriverManager.getConnection(url(), "root", "");
                Connection late = DriverManager.getConnection(url(), "root", "")) {
            ChangeTable.aChangeWithAnEarlierNumberIsHeardAfterALaterOne(store(), early, late);
        }
    }

    @Test
    void namesThatDifferInASpaceAtTheEndAreTwo() throws Exception {
        assertThat(store().add(tokens.stored("ada", "ci"), NOW)).isTrue();
        assertThat(store().add(tokens.stored("ada", "ci "), NOW)).isTrue();
    }

    @Test
    void aJwtThatOneNodeDeniesIsRefusedByEveryOther(@TempDir Path files) throws Exception {
        Map<String, String> settings =
                Map.of("store", "jdbc,jwt", "jdbc-url", url(), "jdbc-user", "root", "jdbc-poll", "50ms");
        DeniedEverywhere.check(files, settings);
    }

    @Test
    void anUnknownDatabaseStopsTheStart() {
        assertThatThrownBy(() -> Databases.open(server.url("nosuch"), "root", "guess-4711"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jdbc-url: the database cannot be used: ")
                .hasMessageContaining("Unknown database")
                .hasMessageNotContaining("4711");
    }
}
