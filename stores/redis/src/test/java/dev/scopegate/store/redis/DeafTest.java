package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.FaultProxy;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that no longer hears of changes though all its requests are answered. */
class DeafTest {
    @TempDir
    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private RedisProcess redis;
    private FaultProxy proxy;
    private RedisTokenStore store;
    private RedisTokenStore other;

    @BeforeEach
    void open() throws Exception {
        redis = RedisProcess.start(folder);
        proxy = new FaultProxy(redis.port(), "SUBSCRIBE");
        store = Stores.open("redis-url", "redis://127.0.0.1:" + proxy.port());
        other = Stores.open("redis-url", redis.url());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        other.close();
        proxy.close();
        redis.close();
    }

    @Test
    void aSubscriptionThatSilentlyDiedIsNoticedSoonAndReplaced() throws Exception {
        BlockingQueue<TokenChange> heard = heardOn(store);
        StoredToken token = tokens.stored("ada", "ci");

        proxy.deafen();
        other.add(token, NOW);
        long start = System.nanoTime();
        while (store.health().changeLag().isZero()) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(30).toNanos());
            Thread.onSpinWait();
        }
        assertThat(store.health().available()).isTrue();
        assertThat(store.get(token.token().id())).isEqualTo(token);
        proxy.pass();

        await(heard, new TokenChange.OfEverything());
        other.revoke(token.token().id(), NOW, "ada");
        await(heard, new TokenChange.OfToken(token.token().id()));
        assertThat(store.health().changeLag()).isZero();
    }

    @Test
    void aSubscriptionThatIsCutIsReplacedAtOnce() throws Exception {
        BlockingQueue<TokenChange> heard = heardOn(store);

        redis.ask("CLIENT KILL TYPE pubsub");

        await(heard, new TokenChange.OfEverything());
        StoredToken token = tokens.stored("ada", "ci");
        other.add(token, NOW);
        await(heard, new TokenChange.OfToken(token.token().id()));
    }

    @Test
    void aServerThatHasForgottenTheScriptsIsSentThemAgain() throws Exception {
        redis.ask("SCRIPT FLUSH");

        assertThat(store.add(tokens.stored("ada", "ci"), NOW)).isTrue();
        assertThat(store.add(tokens.stored("ada", "ci"), NOW)).isFalse();
    }
}
