package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** However many requests bring a token for the first time at once, the server is asked once. */
class SingleFlightTest {
    private static final int REQUESTS = 10_000;
    private static final long SMALL_STACK = 96 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final CacheLimits LIMITS =
            new CacheLimits(PATIENCE, 1_000, PATIENCE, 1_000, Duration.ZERO, PATIENCE);

    @Test
    void tenThousandConcurrentFirstUsesAreOneRequest() throws Exception {
        CountDownLatch begun = new CountDownLatch(REQUESTS);
        CountDownLatch allWait = new CountDownLatch(1);
        AtomicInteger letIn = new AtomicInteger();
        try (AuthServer server = new AuthServer();
                CachingTokenStore store = new CachingTokenStore(
                        Stores.open(server.url(), "introspection-timeout", "1m"),
                        LIMITS,
                        Ticker.systemTicker(),
                        Runnable::run)) {
            server.behave(exchange -> {
                try {
                    allWait.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                AuthServer.send(exchange, 200, "{\"active\":true,\"sub\":\"ada\"}");
            });
            List<Thread> requests = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                Runnable request = () -> {
                    begun.countDown();
                    if (Stores.outcome(store, "foreign-token-1").equals("active")) letIn.incrementAndGet();
                };
                Thread thread = new Thread(null, request, "request-" + i, SMALL_STACK);
                thread.start();
                requests.add(thread);
            }
            assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            for (Thread thread : requests) {
                while (thread.getState() != Thread.State.TIMED_WAITING) thread.join(1);
            }
            allWait.countDown();
            for (Thread thread : requests) thread.join(PATIENCE.toMillis());

            assertThat(letIn).hasValue(REQUESTS);
            assertThat(server.requests).hasValue(1);
        }
    }
}
