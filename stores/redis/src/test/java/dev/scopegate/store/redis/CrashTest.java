package dev.scopegate.store.redis;

import dev.scopegate.testkit.Crashes;
import dev.scopegate.testkit.RevocationLag;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed, and two nodes on one server. {@code -Dscopegate-test.crashes=20} and
 * {@code -Dscopegate-test.revocations=500} measure what docs/operations.md says.
 */
@SuppressWarnings("SystemOut") // figures for a person
class CrashTest {
    private static final int CRASHES = Integer.getInteger("scopegate-test.crashes", 2);
    private static final int REVOCATIONS = Integer.getInteger("scopegate-test.revocations", 20);

    @TempDir
    private Path folder;

    @Test
    void nothingThatWasAcknowledgedIsLost() throws Exception {
        try (RedisProcess redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always");
                RedisTokenStore store = Stores.open("redis-url", redis.url())) {
            System.out.println(Crashes.of("Redis", store, redis, CRASHES));
        }
    }

    @Test
    void aTokenRevokedOnOneNodeIsRefusedOnAnother() throws Exception {
        try (RedisProcess redis = RedisProcess.start(folder);
                RedisTokenStore here = Stores.open("redis-url", redis.url())) {
            RedisTokenStore there = Stores.open("redis-url", redis.url());
            System.out.println(RevocationLag.of("Redis", new TestTokens(), here, there, REVOCATIONS));
        }
    }
}
