package dev.scopegate.store.redis;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.testkit.Crashes;
import dev.scopegate.testkit.ExportCrashContract;
import dev.scopegate.testkit.SharedExportContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** One server that writes before it answers, was killed under a node and started again, and is killed in the middle. */
class RedisExportCrashTest extends SharedExportContract<RedisTokenStore> {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void startAgain() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always");
        try (RedisTokenStore before = Stores.open("redis-url", redis.url())) {
            RedisExportTest.leased(before.exportLedger(), RedisExportTest.claim("dataset:before", Per.TOTAL, 10), 5);
            redis.kill();
            redis.start();
        }
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @Override
    protected RedisTokenStore open() {
        return Stores.open("redis-url", redis.url());
    }

    @Nested
    class Crash extends ExportCrashContract {
        @Override
        protected ExportLedger node() throws Exception {
            return RedisExportCrashTest.this.node().exportLedger();
        }

        @Override
        protected Crashes.Server server() {
            return redis;
        }
    }
}
