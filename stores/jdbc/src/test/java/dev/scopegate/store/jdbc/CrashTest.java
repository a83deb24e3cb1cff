package dev.scopegate.store.jdbc;

import dev.scopegate.testkit.Crashes;
import dev.scopegate.testkit.RevocationLag;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are killed, and two nodes on one server. {@code -Dscopegate-test.crashes=20} and
 * {@code -Dscopegate-test.revocations=500} measure what docs/operations.md says.
 */
@SuppressWarnings("SystemOut") // figures for a person
class CrashTest {
    private static final int CRASHES = Integer.getInteger("scopegate-test.crashes", 2);
    private static final int REVOCATIONS = Integer.getInteger("scopegate-test.revocations", 20);

    @TempDir
    private static Path folder;

    @Test
    void postgresqlLosesNothingThatWasAcknowledged() throws Exception {
        try (PostgresServer server = new PostgresServer(folder.resolve("postgresql"));
                JdbcTokenStore store = server.open()) {
            System.out.println(Crashes.of("PostgreSQL", store, server, CRASHES));
        }
    }

    @Test
    void mariaDbLosesNothingThatWasAcknowledged() throws Exception {
        try (MariaDbServer server = new MariaDbServer(folder.resolve("mariadb"));
                JdbcTokenStore store = server.open()) {
            System.out.println(Crashes.of("MariaDB", store, server, CRASHES));
        }
    }

    @Test
    void aTokenRevokedOnOneNodeIsRefusedOnAnotherByNotification() throws Exception {
        TestTokens tokens = new TestTokens();
        try (PostgresServer server = new PostgresServer(folder.resolve("notify"));
                JdbcTokenStore here = server.open()) {
            System.out.println(RevocationLag.of("PostgreSQL", tokens, here, server.open(), REVOCATIONS));
        }
    }

    @Test
    void aTokenRevokedOnOneNodeIsRefusedOnAnotherByPolling() throws Exception {
        TestTokens tokens = new TestTokens();
        try (MariaDbServer server = new MariaDbServer(folder.resolve("polled"));
                JdbcTokenStore here = server.open()) {
            System.out.println(RevocationLag.of("MariaDB", tokens, here, server.open(), REVOCATIONS));
        }
    }
}
