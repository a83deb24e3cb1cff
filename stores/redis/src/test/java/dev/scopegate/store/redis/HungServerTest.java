package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static dev.scopegate.testkit.TwoNodesContract.await;
import static dev.scopegate.testkit.TwoNodesContract.heardOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TestTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose connections stay open and that says nothing. */
class HungServerTest {
    @TempDir
    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private final StoredToken token = tokens.stored("ada", "ci");
    private final String id = token.token().id();
    private RedisProcess redis;
    private RedisTokenStore store;

    @BeforeEach
    void open() throws Exception {
        redis = RedisProcess.start(folder);
        store = Stores.open("redis-url", redis.url(), "redis-timeout", "500ms");
        store.add(token, NOW);
    }

    @AfterEach
    void close() {
        store.close();
        redis.close();
    }

    private String lookUp() {
        try {
            return store.get(id) == null ? "absent" : "found";
        } catch (Unavailable e) {
            return "unavailable";
        }
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!lookUp().equals("found")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void everybodyIsToldAfterOneTimeOutAndThenAtOnceUntilItAnswersAgain() throws Exception {
        redis.hang();
        long start = System.nanoTime();
        assertThat(AtOnce.run(50, thread -> lookUp())).containsOnly("unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

        assertThat(store.health().available()).isFalse();
        long later = System.nanoTime();
        for (int i = 0; i < 1_000; i++) assertThat(lookUp()).isEqualTo("unavailable");
        assertThat(Duration.ofNanos(System.nanoTime() - later)).isLessThan(Duration.ofMillis(500));

        redis.goOn();
        awaitAnswer();
    }

    @Test
    void aChangeInDoubtIsToldHereAndAgainWhenItMayHaveHappened() throws Exception {
        store.revoke("0123456789ABCD", NOW, "ada"); // so that the server knows the script
        BlockingQueue<TokenChange> heard = heardOn(store);
        redis.hang();

        assertThatThrownBy(() -> store.revoke(id, NOW, "ada")).isInstanceOf(Unavailable.class);

        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new TokenChange.OfToken(id));
        redis.goOn();
        TokenChange again = heard.poll(30, TimeUnit.SECONDS);
        assertThat(again).isNotNull().matches(change -> change.concerns(token.token()));
    }

    @Test
    void itsAbsenceIsSeenInHealthAndInTheLogWithoutAnyRequest() throws Exception {
        try (LogLines log = new LogLines()) {
            BlockingQueue<TokenChange> heard = heardOn(store);
            assertThat(store.health().available()).isTrue();
            assertThat(store.health().changeLag()).isZero();

            redis.hang();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (store.health().available() || log.all().isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            redis.goOn();

            await(heard, new TokenChange.OfEverything());
            List<String> seen = log.all();
            assertThat(seen).anyMatch(line -> line.contains("are not heard of for now"));
            awaitAnswer();
            assertThat(store.health().changeLag()).isZero();
        }
    }
}
