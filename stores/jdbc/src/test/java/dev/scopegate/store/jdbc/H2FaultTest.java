package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.FaultContract;
import java.nio.file.Path;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** H2 behind its own server, whose driver knows no time-outs of connections. */
class H2FaultTest extends FaultContract {
    @TempDir
    private static Path folder;

    private static Server server;

    private String name = "";

    @BeforeAll
    static void start() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString(), "-ifNotExists")
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    protected void empty() {
        name = Databases.newName();
    }

    @Override
    protected int serverPort() {
        return server.getPort();
    }

    @Override
    protected TokenRepository open(int port) {
        return Databases.open(Map.of(
                "jdbc-url",
                "jdbc:h2:tcp://127.0.0.1:" + port + "/" + name,
                "jdbc-user",
                "sa",
                "jdbc-poll",
                "50ms",
                "jdbc-timeout",
                "1s"));
    }

    @Override
    protected String feedWords() {
        return "";
    }

    /** To prepare, and to execute; embedded, as it mostly is, none. */
    @Override
    protected int roundTrips() {
        return 2;
    }

    @Override
    protected long waitingThreads() {
        return 8 + 8; // two nodes
    }
}
