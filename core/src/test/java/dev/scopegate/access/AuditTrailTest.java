package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.InMemoryAuditLog;
import dev.scopegate.testkit.LogLines;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private final InMemoryAuditLog kept = new InMemoryAuditLog(100_000);
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile @Nullable Exception failure;

    private final AuditTrail trail = new AuditTrail(new AuditLog() {
        @Override
        public void append(List<AuditEvent> events) throws Unavailable {
            Exception now = failure;
            if (now != null) failed.countDown();
            if (now instanceof Unavailable away) throw away;
            if (now instanceof RuntimeException broken) throw broken;
            kept.append(events);
        }

        @Override
        public AuditPage page(AuditQuery query, @Nullable String before, int size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int purge(Instant before, int most) {
            throw new UnsupportedOperationException();
        }
    });

    private static AuditEvent event(String actor) {
        return AuditEvent.of(AuditType.TOKEN_MINTED, NOW.toEpochMilli())
                .actor(actor)
                .build();
    }

    private static AuditEvent ofNobody() {
        return AuditEvent.of(AuditType.TOKEN_REFUSED, NOW.toEpochMilli())
                .refused("unknown")
                .build();
    }

    private int written() {
        return kept.page(AuditQuery.ALL, null, 100_000).events().size();
    }

    private void awaitFailure() throws Exception {
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        for (int i = 0; i < 1_700; i++) trail.on(event("ada"));
        trail.start();
        trail.close();

        assertThat(written()).isEqualTo(1_700);
        assertThat(trail.lost()).isZero();
    }

    @Test
    void whatTheLogDoesNotTakeIsWrittenWhenItIsBack() throws Exception {
        failure = new Unavailable("the log is away", null);
        trail.start();
        trail.on(event("ada"));
        awaitFailure();
        trail.on(event("bob"));
        failure = null;
        trail.close();

        assertThat(kept.page(AuditQuery.ALL, null, 9).events())
                .extracting(AuditEvent::actor)
                .containsExactly("bob", "ada");
        assertThat(trail.lost()).isZero();
    }

    @Test
    void whenTooManyWaitTheNewestAreLostAndThatIsSaid() throws Exception {
        failure = new Unavailable("the log is away", null);
        try (LogLines lines = new LogLines()) {
            trail.start();
            trail.on(event("first"));
            awaitFailure();
            for (int i = 0; i < 3 * AuditTrail.CAPACITY; i++) trail.on(event("ada"));
            assertThat(trail.lost()).isEqualTo(2 * AuditTrail.CAPACITY);
            failure = null;
            trail.close();
            assertThat(lines.all()).anyMatch(line -> line.endsWith("since the start: 20000"));
            assertThat(lines.errors()).isEmpty();
        }
        assertThat(written()).isEqualTo(AuditTrail.CAPACITY + 1);
    }

    @Test
    void aFloodOfStrangersPushesNobodyOut() {
        for (int i = 0; i < 50_000; i++) trail.on(ofNobody());
        trail.on(event("ada"));
        trail.start();
        trail.close();

        assertThat(written()).isEqualTo(AuditTrail.STRANGERS + 1);
        assertThat(kept.page(AuditQuery.ALL.actor("ada"), null, 9).events()).hasSize(1);
        assertThat(trail.lost()).isEqualTo(50_000 - AuditTrail.STRANGERS);
    }

    @Test
    void whoeverFailsToSignInIsAStrangerWhateverNameTheyType() {
        for (int i = 0; i < 50_000; i++) {
            trail.on(AuditEvent.of(AuditType.LOGIN, NOW.toEpochMilli())
                    .actor("eve")
                    .refused("throttled")
                    .build());
        }
        trail.on(event("ada"));
        trail.start();
        trail.close();

        assertThat(written()).isEqualTo(AuditTrail.STRANGERS + 1);
        assertThat(kept.page(AuditQuery.ALL.actor("ada"), null, 9).events()).hasSize(1);
    }

    @Test
    void whatTheLogNeverTakesIsLostAndTheRestGoesOn() throws Exception {
        failure = new IllegalStateException("broken log");
        try (LogLines lines = new LogLines()) {
            trail.start();
            trail.on(event("ada"));
            awaitFailure();
            while (trail.lost() == 0) Thread.onSpinWait();
            failure = null;
            trail.on(event("bob"));
            trail.close();
            assertThat(lines.errors()).singleElement().asString().contains("broken log");
        }
        assertThat(written()).isEqualTo(1);
        assertThat(trail.lost()).isEqualTo(1);
    }

    @Test
    void whatIsLeftWhenTheLogStaysAwayIsCounted() {
        failure = new Unavailable("the log is away", null);
        for (int i = 0; i < 700; i++) trail.on(event("ada"));
        trail.start();
        trail.close();

        assertThat(written()).isZero();
        assertThat(trail.lost()).isEqualTo(700);
    }
}
