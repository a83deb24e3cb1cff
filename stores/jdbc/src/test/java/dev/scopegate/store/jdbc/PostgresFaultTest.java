package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.FaultContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresFaultTest extends FaultContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    protected void empty() throws Exception {
        String url = postgres.getJdbcUrl("postgres", "postgres");
        Databases.execute(url, "postgres", "drop schema public cascade; create schema public");
    }

    @Override
    protected int serverPort() {
        return postgres.getPort();
    }

    @Override
    protected TokenRepository open(int port) {
        return Databases.open(Map.of(
                "jdbc-url",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable",
                "jdbc-user",
                "postgres",
                "jdbc-timeout",
                "1s"));
    }

    @Override
    protected String feedWords() {
        return "listen ";
    }

    @Override
    protected long waitingThreads() {
        return 8 + 8; // two nodes
    }
}
