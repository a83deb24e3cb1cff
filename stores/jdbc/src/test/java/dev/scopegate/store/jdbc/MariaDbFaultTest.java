package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.FaultContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MariaDbFaultTest extends FaultContract {
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
    protected void empty() throws Exception {
        schema = Databases.newName();
        Databases.execute(server.url(""), "root", "create database " + schema);
    }

    @Override
    protected int serverPort() {
        return URI.create(server.url("").substring("jdbc:".length())).getPort();
    }

    @Override
    protected TokenRepository open(int port) {
        return Databases.open(Map.of(
                "jdbc-url",
                "jdbc:mariadb://127.0.0.1:" + port + "/" + schema,
                "jdbc-user",
                "root",
                "jdbc-poll",
                "50ms",
                "jdbc-timeout",
                "1s"));
    }

    @Override
    protected String feedWords() {
        return ""; // it polls on whichever connection there is
    }

    @Override
    protected long waitingThreads() {
        return 8 + 8; // two nodes
    }
}
