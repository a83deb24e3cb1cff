package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that no request waits for, on a service that outlives the application, as a container's does. */
class BackgroundTest {
    private final ScheduledThreadPoolExecutor container = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void end() {
        container.shutdownNow();
    }

    private Scopegate.Builder scopegate() {
        return Scopegate.builder()
                .catalog(ScopeCatalog.of(Scope.named("public")))
                .store(new InMemoryTokenStore());
    }

    @Test
    void aGivenServiceDoesTheWorkAndIsLeftAloneAtTheEnd() throws Exception {
        Background background = Background.on(container);
        List<String> threads = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        Runnable task = () -> {
            threads.add(Thread.currentThread().getName());
            done.countDown();
        };
        background.execute(task);
        Schedule schedule = background.every(1, 1, "unused", task);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(schedule.close(10_000)).isTrue();
        background.close();

        assertThat(threads).allMatch(name -> name.startsWith("pool-"));
        assertThat(container.isShutdown()).isFalse();
        assertThat(container.getQueue()).allMatch(each -> ((java.util.concurrent.Future<?>) each).isCancelled());
    }

    /** A server was seen to fail in what it does before a run, while it finished deploying; its worker ended with the task. */
    @Test
    void whatTheServiceLosesIsBegunAnew() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch lost = new CountDownLatch(1);
        ScheduledThreadPoolExecutor forgetful =
                new ScheduledThreadPoolExecutor(1, task -> {
                    Thread thread = new Thread(task);
                    thread.setUncaughtExceptionHandler((ended, why) -> lost.countDown());
                    return thread;
                }) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        if (begun.incrementAndGet() == 1) throw new IllegalStateException("not ready");
                    }
                };
        try {
            Background background = Background.on(forgetful);
            CountDownLatch done = new CountDownLatch(3);
            Schedule schedule = background.every(1, 1, "unused", done::countDown);
            assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(forgetful.getQueue()).isEmpty();

            Eventually.holds(() -> {
                background.lookAfterSchedules();
                return done.getCount() == 0;
            });
            assertThat(schedule.close(10_000)).isTrue();
            schedule.restartIfLost();
            assertThat(forgetful.getQueue()).allMatch(each -> ((java.util.concurrent.Future<?>) each).isCancelled());
        } finally {
            forgetful.shutdownNow();
        }
    }

    /** Containers refuse in other ways than by a rejection, and what comes by may be a request. */
    @Test
    void whatCannotBeBegunAnewIsTriedAgainAndFailsNobody() throws Exception {
        CountDownLatch refused = new CountDownLatch(2);
        AtomicInteger asked = new AtomicInteger();
        ScheduledThreadPoolExecutor stopping = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long millis, TimeUnit unit) {
                if (asked.getAndIncrement() == 0) return schedule(() -> {}, 0, unit); // which is all that is ever run
                refused.countDown();
                throw new IllegalStateException("the module is disabled");
            }
        };
        try {
            Background background = Background.on(stopping);
            Schedule schedule = background.every(1, TimeUnit.HOURS.toMillis(1), "unused", () -> {});
            Eventually.holds(() -> {
                background.lookAfterSchedules();
                return refused.getCount() == 0;
            });
            assertThat(schedule.close(10_000)).isTrue();
        } finally {
            stopping.shutdownNow();
        }
    }

    @Test
    void whatWaitsInLineAtTheEndIsNotDone() throws Exception {
        Background background = Background.on(container);
        CountDownLatch busy = new CountDownLatch(1);
        container.execute(() -> await(busy));
        List<String> done = new ArrayList<>();
        background.execute(() -> done.add("late"));
        background.close();
        busy.countDown();
        container.submit(() -> {}).get(10, TimeUnit.SECONDS);

        assertThat(done).isEmpty();
        assertThatThrownBy(() -> background.execute(() -> done.add("later")))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInstanceLeavesNothingInAServiceThatItWasGiven() {
        Scopegate one = scopegate().executor(container).build();
        assertThat(container.getQueue()).as("last uses, and the upkeep").hasSize(2);
        one.close();

        assertThat(container.isShutdown()).isFalse();
        container.purge();
        assertThat(container.getQueue()).isEmpty();
    }

    @Test
    void aNameThatIsNoContainersServiceStopsTheStart() {
        for (Map.Entry<String, String> each : Map.of(
                        "ldap://127.0.0.1/x", "begins with 'java:'",
                        "java:comp/Nothing", "the container knows no java:comp/Nothing")
                .entrySet()) {
            Configuration settings = Configuration.builder(Scopegate.settings())
                    .add("web.xml", Map.of("executor", each.getKey()))
                    .build();
            assertThatThrownBy(() -> scopegate().configuration(settings).build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("executor: ")
                    .hasMessageContaining(each.getValue());
        }
    }
}
