package dev.scopegate.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MariaDbExportTest extends JdbcExportContract {
    @TempDir
    private static Path folder;

    private static MariaDbServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new MariaDbServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected JdbcTokenStore open() {
        return server.open();
    }

    @Override
    String url() {
        return server.url("tokens");
    }

    @Override
    String user() {
        return "root";
    }
}
