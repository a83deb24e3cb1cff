package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, a replica, and a sentinel that puts the one in the place of the other. */
class SentinelTest {
    private final TestTokens tokens = new TestTokens();

    @Test
    void theReplicaIsFoundWhenTheMasterHangsAndEverythingIsForgotten(@TempDir Path folder) throws Exception {
        try (RedisProcess master = RedisProcess.start(folder.resolve("a"), "repl-diskless-sync-delay 0");
                RedisProcess replica = RedisProcess.start(folder.resolve("b"), "replicaof 127.0.0.1 " + master.port());
                RedisProcess sentinel = RedisProcess.startSentinel(
                        folder.resolve("s"),
                        "sentinel monitor tokens 127.0.0.1 " + master.port() + " 1",
                        "sentinel down-after-milliseconds tokens 1000",
                        "sentinel failover-timeout tokens 5000")) {
            replica.awaitLine("MASTER <-> REPLICA sync: Finished with success");
            sentinel.awaitLine("+slave");
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#tokens";
            try (RedisTokenStore store =
                    Stores.open("redis-url", url, "redis-timeout", "1s", "redis-wait-replicas", "1")) {
                var heard = heardOn(store);
                StoredToken token = tokens.stored("ada", "ci");
                assertThat(store.add(token, NOW)).isTrue();

                master.hang();

                await(heard, new TokenChange.OfEverything());
                Eventually.holds(() -> isKept(store, token));
                assertThat(replica.ask("ROLE")).isNotNull();
            } finally {
                master.goOn();
            }
        }
    }

    private static boolean isKept(RedisTokenStore store, StoredToken token) {
        try {
            return token.equals(store.get(token.token().id()));
        } catch (Unavailable e) {
            return false;
        }
    }
}
