package dev.scopegate.store.redis;

import dev.scopegate.store.KeyRing;
import dev.scopegate.testkit.KeyRingContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Signing keys in Redis. */
class RedisKeyRingTest extends KeyRingContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    private final List<RedisTokenStore> nodes = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder);
    }

    @AfterAll
    static void end() throws Exception {
        redis.close();
    }

    @BeforeEach
    void empty() throws Exception {
        redis.ask("FLUSHALL");
    }

    @AfterEach
    void close() {
        nodes.forEach(RedisTokenStore::close);
    }

    @Override
    protected KeyRing node() {
        RedisTokenStore node = Stores.open("redis-url", redis.url());
        nodes.add(node);
        return node.keyRing();
    }
}
