package dev.scopegate.store.jdbc;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.testkit.Crashes;
import dev.scopegate.testkit.ExportCrashContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class PostgresExportTest extends JdbcExportContract {
    @TempDir
    private static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected JdbcTokenStore open() {
        return server.open();
    }

    @Nested
    class Crash extends ExportCrashContract {
        @Override
        protected ExportLedger node() throws Exception {
            return PostgresExportTest.this.node().exportLedger();
        }

        @Override
        protected Crashes.Server server() {
            return server;
        }
    }

    @Override
    String url() {
        return server.url("postgres");
    }

    @Override
    String user() {
        return "postgres";
    }
}
