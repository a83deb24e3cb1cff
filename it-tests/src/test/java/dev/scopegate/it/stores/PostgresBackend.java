package dev.scopegate.it.stores;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;

/** A PostgreSQL that writes before it answers. */
final class PostgresBackend implements Backend {
    private final EmbeddedPostgres postgres;

    PostgresBackend() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @Override
    public List<String> options() {
        return List.of("-Dscopegate.jdbc-url=" + postgres.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
