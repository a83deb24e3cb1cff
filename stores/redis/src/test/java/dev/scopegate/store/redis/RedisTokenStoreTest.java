package dev.scopegate.store.redis;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.DeniedEverywhere;
import dev.scopegate.testkit.OutageContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server. */
class RedisTokenStoreTest extends OutageContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always");
    }

    @AfterAll
    static void endRedis() throws Exception {
        redis.close();
    }

    @Override
    protected void stopServer() throws Exception {
        redis.kill();
    }

    @Override
    protected void startServer() throws Exception {
        redis.start();
    }

    @Override
    protected TokenRepository open() throws Exception {
        redis.ask("FLUSHALL");
        return another();
    }

    @Override
    protected TokenRepository another() {
        return Stores.open("redis-url", redis.url());
    }

    @Test
    void aJwtThatOneNodeDeniesIsRefusedByEveryOther(@TempDir Path files) throws Exception {
        DeniedEverywhere.check(files, Map.of("store", "redis,jwt", "redis-url", redis.url()));
    }
}
