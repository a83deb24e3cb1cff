package dev.scopegate.store.jdbc;

import dev.scopegate.testkit.Crashes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that writes before it answers, and can be killed. */
final class PostgresServer implements Crashes.Server, AutoCloseable {
    private final Path data;
    private EmbeddedPostgres postgres;

    PostgresServer(Path folder) throws Exception {
        data = folder.resolve("data");
        postgres = start(0);
    }

    private EmbeddedPostgres start(int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(1)) // after a crash it reads its log first
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    String url(String database) {
        return postgres.getJdbcUrl("postgres", database);
    }

    JdbcTokenStore open() {
        return Databases.open(url("postgres"), "postgres", "");
    }

    @Override
    public void kill() throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void start() throws Exception {
        int port = postgres.getPort();
        postgres.close(); // or its lock stays with this process
        postgres = start(port);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
