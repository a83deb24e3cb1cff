package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.OutageContract;
import java.nio.file.Path;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** H2 behind its own server, with files. */
class H2ServerTokenStoreTest extends OutageContract {
    @TempDir
    private static Path folder;

    private final String name = Databases.newName();
    private Server server;
    private String port = "0";

    @Override
    protected TokenRepository open() throws Exception {
        startServer();
        port = String.valueOf(server.getPort());
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Databases.open("jdbc:h2:tcp://127.0.0.1:" + port + "/" + name, "sa", "");
    }

    @Override
    protected void startServer() throws Exception {
        server = Server.createTcpServer("-tcpPort", port, "-baseDir", folder.toString(), "-ifNotExists")
                .start();
    }

    @Override
    protected void stopServer() {
        server.stop();
    }

    @AfterEach
    void stop() {
        server.stop();
    }
}
