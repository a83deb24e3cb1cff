package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.TestFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Four hubs on one store and 16 clients that stream against a daily limit, counting what really arrives. {@code
 * -Dscopegate-test.streaming=60} streams for a minute, and prints what docs/operations.md says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("SystemOut") // figures for a person
abstract class FourNodesContract {
    private static final Duration STREAMING = Duration.ofSeconds(Integer.getInteger("scopegate-test.streaming", 6));
    private static final Duration AT_MOST = STREAMING.multipliedBy(4).plusMinutes(2);
    private static final int NODES = 4;
    private static final int CLIENTS = 16;
    private static final int PARTS = 4;
    private static final int ROWS = 1_000_000;
    private static final long PLENTY = 1L << 60;
    private static final long LEASE = 1 << 20;
    /** More than can be on lease, or leave, while the limit is set: below that it would come too late. */
    private static final long FAR = CLIENTS * 4 * LEASE;

    private final Path folder = TestFiles.emptyFolder(getClass().getSimpleName());
    private final AtomicLong received = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private Backend backend;
    private Nodes nodes;
    private String token;

    /** Starts what the nodes share. */
    abstract Backend backend(Path scratch) throws Exception;

    @BeforeAll
    void start() throws Exception {
        backend = backend(folder.resolve("backend"));
        nodes = new Nodes(folder, backend.options());
        for (int i = 0; i < NODES; i++) nodes.start();
        token = nodes.token();
    }

    @AfterAll
    void stop() throws Exception {
        threads.shutdownNow();
        if (nodes != null) nodes.close();
        if (backend != null) backend.close();
    }

    @Test
    void whatAllNodesDeliverIsTheLimitAndNoByteMore() throws Exception {
        long max = streamAgainstALimit("all alive", () -> {});

        assertThat(received.get()).isGreaterThanOrEqualTo(max - max / 100);
        assertThat(nodes.used()).isBetween(received.get(), max);
    }

    @Test
    void aNodeThatIsKilledInTheMiddleTakesOneLeaseOfEachResponseAndNoMoreIsDelivered() throws Exception {
        try {
            long max = streamAgainstALimit("one killed", () -> nodes.kill(NODES - 1));

            assertThat(nodes.used()).isLessThanOrEqualTo(max);
            assertThat(received.get()).isGreaterThanOrEqualTo(max - max / 100 - CLIENTS / NODES * LEASE);
        } finally {
            nodes.startAgain(NODES - 1);
        }
    }

    /** What happens in the middle. */
    private interface Incident {
        void happen() throws Exception;
    }

    /**
     * Streams without a limit for half of the time, then against one that leaves as much as at that pace goes out in the other
     * half: a change of the policy holds for responses that are on their way.
     */
    private long streamAgainstALimit(String what, Incident incident) throws Exception {
        awaitEnoughOfTheDay();
        long before = received.get();
        nodes.limit(PLENTY);
        long begin = System.nanoTime();
        List<Integer> ports = nodes.ports();
        List<Future<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            clients.add(threads.submit(() -> streamUntilRefused(ports, first)));
        }
        awaitPart(begin, 1);
        long warm = received.get();
        awaitPart(begin, 2);
        long half = received.get();
        long max = half + Math.max(2 * (half - warm), FAR);
        nodes.limit(max);
        awaitPart(begin, 3);
        incident.happen();
        int answers = 0;
        for (Future<Integer> client : clients) answers += client.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;

        long delivered = received.get() - before;
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %d clients in %.1f s and %d responses got %,d bytes, %,d less than the limit (%.3f %%)%n",
                getClass().getSimpleName(),
                what,
                CLIENTS,
                seconds,
                answers,
                delivered,
                max - received.get(),
                100.0 * delivered / (max - before));
        assertThat(received.get()).isLessThanOrEqualTo(max);
        assertThat(answers).isGreaterThanOrEqualTo(CLIENTS);
        return max;
    }

    private static void awaitPart(long begin, int part) {
        long nanos = STREAMING.toNanos() * part / PARTS;
        Await.until("part " + part + " is over", AT_MOST, () -> System.nanoTime() - begin >= nanos);
    }

    /** A day that ends in between would let out its successor's limit too. */
    private static void awaitEnoughOfTheDay() {
        Await.until("a new day has begun", AT_MOST.multipliedBy(2), () -> {
            return LocalTime.now(ZoneOffset.UTC).plus(AT_MOST).isAfter(LocalTime.now(ZoneOffset.UTC));
        });
    }

    /** One client: a response after the other until it is told that the limit is used up. A node that is dead it leaves. */
    private int streamUntilRefused(List<Integer> ports, int first) {
        int node = first;
        for (int answers = 0; ; ) {
            try {
                ExportStream stream = ExportStream.rows(ports.get(node % NODES), token, ROWS, received::addAndGet);
                answers++;
                if (stream.status() == 403) return answers;
                assertThat(stream.status()).isEqualTo(200);
            } catch (IOException dead) {
                node++;
            }
        }
    }
}
