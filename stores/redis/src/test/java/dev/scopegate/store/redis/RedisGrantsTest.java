package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.Grant;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.testkit.Eventually;
import dev.scopegate.testkit.GrantRepositoryContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisGrantsTest extends GrantRepositoryContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    private final List<RedisTokenStore> nodes = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void close() {
        nodes.forEach(RedisTokenStore::close);
    }

    @Override
    protected GrantRepository node() {
        RedisTokenStore node = Stores.open("redis-url", redis.url());
        nodes.add(node);
        return node.grants();
    }

    @Test
    void whatNobodyCleansUpEndsByItself() throws Exception {
        redis.ask("FLUSHALL");
        GrantRepository grants = node();
        grants.add(Grant.of("r1", "a1", "family", NOW.plusMillis(200)), NOW);
        assertThat(grants.redeem("r1", NOW, "sealed", NOW)).isTrue();

        Eventually.holds(
                () -> grants.get("r1") == null && grants.family("family").isEmpty());
        grants.add(Grant.of("r2", "a2", "other", NOW.plusMillis(201)), NOW.plusMillis(200));
        grants.remove("r2");

        assertThat(redis.ask("DBSIZE")).isEqualTo("0");
    }
}
