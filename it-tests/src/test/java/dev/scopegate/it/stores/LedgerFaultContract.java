package dev.scopegate.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.it.rows.Json;
import dev.scopegate.it.server.Await;
import dev.scopegate.it.server.TestFiles;
import dev.scopegate.it.stores.FaultyProxy.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hub whose export ledger is slow, mute or dead while its tokens are cached, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LedgerFaultContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOME = 100;
    private static final int ALL = 1_000_000;
    private static final long LEASE = 65_536;

    private final Path folder = TestFiles.emptyFolder(getClass().getSimpleName());
    private Backend backend;
    private FaultyProxy proxy;
    private Nodes nodes;
    private String token;

    /** Starts what keeps the ledger. */
    abstract Backend backend(Path scratch) throws Exception;

    @BeforeAll
    void start() throws Exception {
        backend = backend(folder.resolve("backend"));
        proxy = new FaultyProxy(backend.port());
        List<String> options = new ArrayList<>();
        for (String option : backend.options()) {
            options.add(option.replace(":" + backend.port(), ":" + proxy.port()));
        }
        options.add("-Dscopegate.cache-ttl=5m"); // so that the token is never asked for again
        options.add("-Dscopegate.export-lease-bytes=" + LEASE);
        options.add("-Dscopegate." + timeout() + "=1s");
        nodes = new Nodes(folder, options);
        nodes.start();
        token = nodes.token();
        nodes.limit(1L << 40);
        assertThat(rows(SOME).status()).isEqualTo(200);
    }

    /** The setting by which a request waits no longer for the store. */
    abstract String timeout();

    @AfterAll
    void stop() throws Exception {
        if (nodes != null) nodes.close();
        if (proxy != null) proxy.close();
        if (backend != null) backend.close();
    }

    private ExportStream rows(int rows) throws Exception {
        return ExportStream.rows(nodes.ports().get(0), token, rows, arrived -> {});
    }

    @Test
    void aSlowLedgerDelaysAnswersAndHarmsNone() throws Exception {
        long before = nodes.used();
        proxy.become(Mood.SLOW);
        ExportStream stream = rows(SOME);
        proxy.become(Mood.SOUND);

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.isWhole()).isTrue();
        assertThat(nodes.used()).isEqualTo(before + stream.bytes());
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"MUTE", "DEAD"})
    void notOneByteLeavesWhileItIsAwayAndAllDoesWhenItIsBack(Mood mood) throws Exception {
        long before = nodes.used();
        proxy.become(mood);
        for (int i = 0; i < 3; i++) {
            var answer = nodes.get(0).get("/api/v1/datasets/measurements/rows?format=csv&limit=" + SOME, token);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(Json.read(answer.text()).at("/errors/0/code").asText()).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isNotBlank();
        }
        proxy.become(Mood.SOUND);

        Await.until("the ledger is used again", SOON, () -> rows(SOME).status() == 200);
        assertThat(nodes.used()).isGreaterThan(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"MUTE", "DEAD"})
    void anAnswerOnItsWayIsCutOffWithinWhatItHadOnLease(Mood mood) throws Exception {
        long before = nodes.used();
        AtomicLong arrived = new AtomicLong();
        CountDownLatch some = new CountDownLatch(1);
        CountDownLatch away = new CountDownLatch(1);
        CompletableFuture<ExportStream> streaming = CompletableFuture.supplyAsync(() -> {
            try {
                return ExportStream.rows(nodes.ports().get(0), token, ALL, more -> {
                    if (arrived.addAndGet(more) > 1_000_000) some.countDown();
                    if (some.getCount() == 0) await(away); // so that it cannot end before
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await(some);
        proxy.become(mood);
        away.countDown();

        ExportStream stream = streaming.get(SOON.toSeconds(), TimeUnit.SECONDS);
        proxy.become(Mood.SOUND);

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.isWhole()).as("looks complete").isFalse();
        Await.until("the ledger is used again", SOON, () -> rows(1).status() == 200);
        assertThat(before + stream.bytes()).isLessThanOrEqualTo(nodes.used());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
