package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenRepository.Replacement;
import dev.scopegate.testkit.Pages;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after crashes of a server that writes its file always: {@code -Dscopegate.crashes=20}. */
class DurabilityTest {
    private static final int ROUNDS = Integer.getInteger("scopegate.crashes", 4);
    private static final int THREADS = 6;
    private static final int CHANGES_BEFORE_A_CRASH = 120;

    private final TestTokens tokens = new TestTokens();
    /** What each token was when a call about it returned. */
    private final Map<String, StoredToken> acknowledged = new ConcurrentHashMap<>();

    private static StoredToken renamed(StoredToken token, String name) {
        return token.with(token.token().toBuilder().name(name).build());
    }

    /** Adds, edits and revokes until the server is gone. */
    private void work(TokenRepository store, String name, CountDownLatch changes) throws Unavailable {
        for (int i = 0; ; i++, changes.countDown()) {
            StoredToken token = tokens.stored("ada", name + i);
            String id = token.token().id();
            assertThat(store.add(token, NOW)).isTrue();
            acknowledged.put(id, token);
            StoredToken edited = renamed(token, name + i + "-edited");
            acknowledged.remove(id); // in doubt until it returns
            assertThat(store.replace(token, edited, NOW)).isEqualTo(Replacement.DONE);
            acknowledged.put(id, edited);
            if (i % 2 == 0) continue;
            acknowledged.remove(id);
            assertThat(store.revoke(id, NOW, "bob")).isNotNull();
            acknowledged.put(
                    id,
                    edited.with(edited.token().toBuilder().revoked(NOW, "bob").build()));
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostInACrash(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RedisProcess redis = RedisProcess.start(folder, "appendonly yes", "appendfsync always")) {
            for (int round = 0; round < ROUNDS; round++) {
                try (TokenRepository store = Stores.open("redis-url", redis.url())) {
                    CountDownLatch changes = new CountDownLatch(CHANGES_BEFORE_A_CRASH);
                    List<Future<Boolean>> workers = new ArrayList<>();
                    for (int i = 0; i < THREADS; i++) {
                        String name = round + "-" + i + "-";
                        workers.add(threads.submit(untilUnavailable(() -> {
                            work(store, name, changes);
                            return true;
                        })));
                    }
                    assertThat(changes.await(60, TimeUnit.SECONDS)).isTrue();
                    redis.kill();
                    for (Future<Boolean> worker : workers)
                        assertThat(worker.get(60, TimeUnit.SECONDS)).isTrue();
                }
                redis.start();
                checkAll(redis);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * CHANGES_BEFORE_A_CRASH / 2);
    }

    private static Callable<Boolean> untilUnavailable(Callable<Boolean> work) {
        return () -> {
            try {
                return work.call();
            } catch (Unavailable e) {
                return true;
            }
        };
    }

    private void checkAll(RedisProcess redis) throws Exception {
        Map<String, AccessToken> kept = new HashMap<>();
        try (TokenRepository store = Stores.open("redis-url", redis.url())) {
            for (AccessToken token : Pages.all(store, TokenQuery.all(), 1_000, NOW)) kept.put(token.id(), token);
        }
        acknowledged.forEach((id, token) -> assertThat(kept.get(id)).isEqualTo(token.token()));
    }
}
