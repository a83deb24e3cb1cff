package dev.scopegate.store.redis;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server. */
class RedisExportTest extends RedisExportContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always");
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @Override
    RedisTokenStore open() {
        return Stores.open("redis-url", redis.url());
    }
}
