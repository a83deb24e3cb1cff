package dev.scopegate.testkit;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.store.TokenRepository;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store does while its server is gone, and when it is back. */
public abstract class OutageContract extends TwoNodesContract {
    /** Ten times the store's time-out: so late nobody comes who is told at once or after one time-out. */
    private static final int PATIENCE_SECONDS = 20;

    /** Ends the server under its connections. */
    protected abstract void stopServer() throws Exception;

    /** Starts it where it was, with what it had. */
    protected abstract void startServer() throws Exception;

    @Test
    void whileTheServerIsGoneEverybodyIsToldSoAndWhenItIsBackAllWorks() throws Exception {
        StoredToken token = tokens.stored("ada", "ci");
        store().add(token, NOW);
        String id = token.token().id();
        BlockingQueue<TokenChange> heard = heardOn(store());

        stopServer();
        try {
            assertThat(fiftyLookUps(id)).containsOnly("unavailable");
            assertThat(fiftyLookUps(id)).containsOnly("unavailable");
            assertThat(store().health().available()).isFalse();
        } finally {
            startServer();
        }

        await(heard, new TokenChange.OfEverything());
        assertThat(store().health()).isEqualTo(StoreHealth.UP); // without a request that tries
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!lookUp(id).equals("found")) assertThat(System.nanoTime()).isLessThan(deadline);
        assertThat(fiftyLookUps(id)).containsOnly("found");
        try (TokenRepository other = another()) {
            other.revoke(id, NOW, "ada");
            await(heard, new TokenChange.OfToken(id));
        }
        assertThat(kept(token.token()).token().revokedAt()).isEqualTo(NOW);
    }

    /** What fifty threads are told that look one token up at once: found, absent or unavailable. */
    protected final List<String> fiftyLookUps(String id) throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            Future<List<String>> answers = waiting.submit(() -> AtOnce.run(50, thread -> lookUp(id)));
            return answers.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            waiting.shutdownNow();
        }
    }

    /** What one thread is told. */
    protected final String lookUp(String id) {
        try {
            return store().get(id) == null ? "absent" : "found";
        } catch (Unavailable e) {
            return "unavailable";
        }
    }
}
