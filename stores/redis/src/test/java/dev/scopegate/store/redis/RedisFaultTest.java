package dev.scopegate.store.redis;

import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.FaultContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisFaultTest extends FaultContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected void empty() throws Exception {
        redis.ask("FLUSHALL");
    }

    @Override
    protected int serverPort() {
        return redis.port();
    }

    @Override
    protected TokenRepository open(int port) {
        return Stores.open("redis-url", "redis://127.0.0.1:" + port, "redis-timeout", "1s");
    }

    @Override
    protected String feedWords() {
        return "SUBSCRIBE";
    }

    @Override
    protected long waitingThreads() {
        return 0; // nobody waits for anything but an answer
    }
}
