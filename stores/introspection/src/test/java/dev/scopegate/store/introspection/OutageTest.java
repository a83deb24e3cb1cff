package dev.scopegate.store.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that is gone gathers no threads, and when it is back all works without a restart. */
class OutageTest {
    private static final int CALLERS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Duration timeOf(AtOnce.Task<String> lookUp, List<String> outcomes) throws Exception {
        long begin = System.nanoTime();
        outcomes.addAll(AtOnce.run(CALLERS, lookUp));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void whileTheServerStallsEverybodyIsToldSoAndWhenItIsBackAllWorks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (AuthServer server = new AuthServer();
                IntrospectionTokenStore store = Stores.open(
                        server.url(),
                        "introspection-timeout",
                        "1s",
                        "introspection-concurrency",
                        "4",
                        "introspection-retry",
                        "200ms")) {
            server.active("good", "");
            server.behave(exchange -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            List<String> outcomes = new ArrayList<>();
            // one time-out for those that wait for the server and for those that wait for their turn, together
            assertThat(timeOf(thread -> Stores.outcome(store, "t" + thread), outcomes))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(outcomes).hasSize(CALLERS).allMatch(outcome -> outcome.startsWith("unavailable"));
            assertThat(server.requests).hasValueLessThan(CALLERS);

            end.countDown();
            server.behave(null);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int inARow = 0; // three trials, and then some that are none
            while (inARow < 6) {
                inARow = Stores.outcome(store, "good").equals("active") ? inARow + 1 : 0;
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            assertThat(AtOnce.run(CALLERS, thread -> Stores.outcome(store, "good")))
                    .containsOnly("active");
        }
    }

    @Test
    void anOpenCircuitAnswersAtOnceWithoutAskingAndSaysWhenToTryAgain() throws Exception {
        try (LogLines log = new LogLines();
                AuthServer server = new AuthServer();
                IntrospectionTokenStore store = Stores.open(server.url(), "introspection-retry", "5m")) {
            server.behave(AuthServer.status(500, ""));
            for (int i = 0; i < 5; i++)
                assertThat(Stores.outcome(store, "t" + i)).endsWith("answered 500");
            assertThat(store.health().available()).isFalse();

            List<String> outcomes = new ArrayList<>();
            timeOf(thread -> Stores.outcome(store, "t" + thread), outcomes);

            assertThat(outcomes).allMatch(outcome -> outcome.contains("is left alone"));
            assertThat(server.requests).hasValue(5);
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .singleElement()
                    .asString()
                    .contains("left alone", "answered 500");
        }
    }

    @Test
    void asManyLookUpsAreUnderWayAsTheSettingSaysAndNoMore() throws Exception {
        int callers = 48;
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier three = new CyclicBarrier(3);
        try (AuthServer server = new AuthServer();
                IntrospectionTokenStore store =
                        Stores.open(server.url(), "introspection-concurrency", "3", "introspection-timeout", "30s")) {
            server.behave(exchange -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                meet(three);
                now.decrementAndGet();
                AuthServer.send(exchange, 200, "{\"active\":false}");
            });

            assertThat(AtOnce.run(callers, thread -> Stores.outcome(store, "t" + thread)))
                    .containsOnly("unknown");

            assertThat(most).hasValue(3);
            assertThat(server.requests).hasValue(callers);
        }
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void afterTheRestAFewTryAndANodeWithoutTrafficIsNotDownForEver() throws Exception {
        try (AuthServer server = new AuthServer();
                IntrospectionTokenStore store = Stores.open(server.url(), "introspection-retry", "50ms")) {
            server.behave(AuthServer.status(503, ""));
            for (int i = 0; i < 5; i++)
                assertThat(Stores.outcome(store, "t" + i)).startsWith("unavailable");

            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!store.health().available()) assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(store.health().detail()).contains("answered 503");

            server.behave(null);
            for (int i = 0; i < 3; i++)
                assertThat(Stores.outcome(store, "t" + i)).isEqualTo("unknown");
            assertThat(store.health().detail()).isEqualTo("up");
        }
    }
}
