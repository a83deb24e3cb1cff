package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.OutageContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTokenStoreTest extends OutageContract {
    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;

    private static EmbeddedPostgres start(int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = start(0);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    /** As a crash would, without a farewell to its clients. */
    @Override
    protected void stopServer() throws Exception {
        Path pidFile = folder.resolve("data").resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(30, TimeUnit.SECONDS);
    }

    @Override
    protected void startServer() throws Exception {
        int port = postgres.getPort();
        postgres.close(); // or its lock stays with this process
        postgres = start(port);
    }

    @Override
    protected TokenRepository open() throws Exception {
        Databases.execute(url(), "postgres", "drop schema public cascade; create schema public");
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Databases.open(url(), "postgres", "");
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Test
    void anUnknownDatabaseStopsTheStart() {
        assertThatThrownBy(() -> Databases.open(postgres.getJdbcUrl("postgres", "nosuch"), "postgres", "guess-4711"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("jdbc-url: the database cannot be used: ")
                .hasMessageContaining("\"nosuch\" does not exist")
                .hasMessageNotContaining("4711");
    }
}
