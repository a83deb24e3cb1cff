package dev.scopegate.export;

import static dev.scopegate.export.MeteredNode.finish;
import static dev.scopegate.export.MeteredNode.limit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes count in the window in which they leave. */
class WindowTurnTest {
    private static final int MAX = 10_000;
    private static final byte[] BODY = new byte[2 * MAX];
    private static final Duration PAST_MIDNIGHT = Duration.ofSeconds(90);

    private final MeteredNode node = new MeteredNode(1_000, 10);

    @BeforeEach
    void limitTheDay() {
        node.limit(limit(Unit.BYTES, Per.DAY, MAX));
    }

    private long usedToday() {
        return node.standing(Unit.BYTES, Per.DAY).used();
    }

    @Test
    void aBodyThatIsBegunAnewAfterTheTurnIsChargedWhole() throws Exception {
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 9_000)).isEqualTo(9_000);
        node.pass(PAST_MIDNIGHT);
        assertThat(meter.take(BODY, 0, 100)).isEqualTo(100);

        meter.rewind();
        assertThat(meter.take(BODY, 0, MAX)).isEqualTo(MAX);
        meter.leave();

        assertThat(finish(meter)).isNull();
        assertThat(usedToday()).isEqualTo(MAX);
    }

    @Test
    void aBodyThatWaitsCountsInTheWindowInWhichItLeaves() throws Exception {
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 9_000)).isEqualTo(9_000);
        node.pass(PAST_MIDNIGHT);

        assertThat(finish(meter)).isNull();

        assertThat(usedToday()).isEqualTo(9_000);
        assertThat(node.deliver(MAX)).isEqualTo(1_000);
        assertThat(usedToday()).isEqualTo(MAX);
    }

    @Test
    void aBodyThatWaitsIsRefusedWhereTheNewWindowHasNoRoom() throws Exception {
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 9_000)).isEqualTo(9_000);
        node.pass(PAST_MIDNIGHT);
        assertThat(node.deliver(2_000)).isEqualTo(2_000);

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");

        assertThat(node.outcome().left()).isEqualTo(Amount.NONE);
        assertThat(usedToday()).isEqualTo(2_000);
        assertThat(node.standing(Unit.BYTES, Per.DAY).leased()).isZero();
    }

    @Test
    void ofSeveralResourcesNoneIsChargedWhenOneHasNoRoom() throws Exception {
        node.policies.put("dataset:b", ExportPolicy.UNLIMITED);
        ExportMeter meter = node.open("dataset:b", false);
        meter.join(node.open());
        assertThat(meter.take(BODY, 0, 9_000)).isEqualTo(9_000);
        node.pass(PAST_MIDNIGHT);
        assertThat(node.deliver(2_000)).isEqualTo(2_000);
        node.outcomes.clear();

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");

        assertThat(node.outcomes)
                .allSatisfy(outcome -> assertThat(outcome.left()).isEqualTo(Amount.NONE))
                .extracting(ExportOutcome::code)
                .containsExactly("export_limit_exceeded", "export_limit_exceeded");
    }

    @Test
    void whatHasLeftStaysInItsWindowAndTheRestCountsInTheNext() throws Exception {
        ExportMeter meter = node.open();
        meter.leave();
        assertThat(meter.take(BODY, 0, 9_000)).isEqualTo(9_000);
        node.pass(PAST_MIDNIGHT);
        assertThat(meter.take(BODY, 0, MAX + 1)).isEqualTo(MAX);

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");

        assertThat(usedToday()).isEqualTo(MAX);
        assertThat(node.outcome().left().bytes()).isEqualTo(19_000);
    }

    @Test
    void aPolicyThatChangesWhileABodyWaitsHoldsForAllOfIt() throws Exception {
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 900)).isEqualTo(900);
        node.limit(limit(Unit.BYTES, Per.HOUR, MAX));
        assertThat(meter.take(BODY, 0, 5_000)).isEqualTo(5_000);

        assertThat(finish(meter)).isNull();

        assertThat(usedToday()).isZero();
        assertThat(node.standing(Unit.BYTES, Per.HOUR).used()).isEqualTo(5_900);
    }
}
