package dev.scopegate.store.jdbc;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.SharedAuditContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MariaDbAuditTest extends SharedAuditContract {
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
    protected TokenRepository open() {
        return server.open();
    }
}
