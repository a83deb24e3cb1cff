package dev.scopegate.export;

import static dev.scopegate.export.MeteredNode.finish;
import static dev.scopegate.export.MeteredNode.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.event.AuditOutcome;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportOutcomeTest {
    private static final byte[] BODY = new byte[50_000];

    private final MeteredNode node = new MeteredNode(1_000, 10);

    @BeforeEach
    void limitTheDay() {
        node.limit(limit(Unit.BYTES, Per.DAY, 10_000), limit(Unit.RECORDS, Per.DAY, 100));
    }

    private void tells(AuditOutcome how, long bytes) {
        assertThat(node.outcomes).hasSize(1);
        assertThat(node.outcome().how()).isEqualTo(how);
        assertThat(node.outcome().left().bytes()).isEqualTo(bytes);
    }

    @Test
    void aLedgerThatIsDeadFromTheBeginning() {
        node.answerOnly(0);

        assertThatThrownBy(node::open).isInstanceOf(Unavailable.class);

        tells(AuditOutcome.UNAVAILABLE, 0);
    }

    @Test
    void aLedgerThatDiesBeforeABodyLeaves() throws Exception {
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 500)).isEqualTo(500);
        node.answerOnly(0);

        assertThat(finish(meter)).isEqualTo("unavailable");

        tells(AuditOutcome.UNAVAILABLE, 0);
        assertThat(node.outcome().code()).isEqualTo("unavailable");
    }

    @Test
    void aLedgerThatDiesInTheMiddle() throws Exception {
        ExportMeter meter = node.open();
        meter.leave();
        assertThat(meter.take(BODY, 0, 500)).isEqualTo(500);
        node.answerOnly(0);
        assertThat(meter.take(BODY, 0, 5_000)).isZero();

        assertThat(finish(meter)).isEqualTo("unavailable");

        tells(AuditOutcome.UNAVAILABLE, 500);
    }

    @Test
    void aLimitThatIsBrokenInTheMiddle() throws Exception {
        ExportMeter meter = node.open();
        meter.leave();
        assertThat(meter.take(BODY, 0, 50_000)).isEqualTo(10_000);

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");

        tells(AuditOutcome.REFUSED, 10_000);
        assertThat(node.exports.stats().refusals()).containsEntry("export_limit_exceeded", 1L);
    }

    @Test
    void aSecondResourceTellsOfWhatWasItsOwn() throws Exception {
        node.policies.put("dataset:b", ExportPolicy.UNLIMITED);
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 700)).isEqualTo(700);
        meter.join(node.open("dataset:b", false));
        assertThat(meter.take(BODY, 0, 5)).isEqualTo(5);

        assertThat(finish(meter)).isNull();

        assertThat(node.outcomes)
                .extracting(one -> one.resource() + ' ' + one.left().bytes())
                .containsExactly("dataset:a 705", "dataset:b 5");
    }

    @Test
    void aSecondResourceCountsFromTheBeginningWhenTheBodyBeginsAnew() throws Exception {
        node.policies.put("dataset:b", ExportPolicy.UNLIMITED);
        ExportMeter meter = node.open("dataset:b", false);
        assertThat(meter.take(BODY, 0, 700)).isEqualTo(700);
        meter.join(node.open());
        meter.rewind();
        assertThat(meter.take(BODY, 0, 600)).isEqualTo(600);

        assertThat(finish(meter)).isNull();

        assertThat(node.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(600);
    }

    @Test
    void aSecondResourceIsHeldToItsOwnLimitPerResponse() throws Exception {
        node.policies.put("dataset:b", ExportPolicy.UNLIMITED);
        node.limit(limit(Unit.BYTES, Per.RESPONSE, 100));
        ExportMeter meter = node.open("dataset:b", false);
        assertThat(meter.take(BODY, 0, 700)).isEqualTo(700);
        meter.join(node.open());
        meter.leave();

        assertThat(meter.take(BODY, 0, 200)).isEqualTo(100);
    }

    @Test
    void bothResourcesLimitsAreShown() throws Exception {
        node.policies.put("dataset:b", Objects.requireNonNull(node.policies.find(MeteredNode.RESOURCE)));
        ExportMeter meter = node.open();
        meter.join(node.open("dataset:b", false));

        assertThat(meter.fields().state()).contains("\"bytes-day-owner\";r=10000", "\"bytes-day-owner-2\";r=10000");
        assertThat(meter.fields().policy()).contains("\"records-day-owner\";q=100", "\"records-day-owner-2\";q=100");
    }

    @Test
    void aHeadIsRefusedForRecordsThatAGetWouldBeRefusedFor() throws Exception {
        ExportMeter meter = node.head();
        meter.records(100);

        assertThatThrownBy(() -> meter.records(101)).isInstanceOf(ExportStopped.class);
        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
        tells(AuditOutcome.REFUSED, 0);
        assertThat(node.standing(Unit.RECORDS, Per.DAY).used()).isZero();
    }

    @Test
    void aHeadWaitsForWhatOthersHaveOnLease() throws Exception {
        MeteredNode patient = new MeteredNode(new ExportOptions(false, 0, 1_000, 10, Duration.ofMinutes(1)));
        patient.limit(limit(Unit.BYTES, Per.DAY, 500));
        ExportMeter other = patient.open();
        Thread ends = new Thread(() -> {
            assertThat(finish(other)).isNull();
        });
        ends.start();

        assertThat(finish(patient.head())).isNull();
        ends.join();
    }

    @Test
    void aHeadOfWhatOthersKeepOnLeaseIsRefusedAsAGetIs() throws Exception {
        MeteredNode small = new MeteredNode(1_000, 10);
        small.limit(limit(Unit.BYTES, Per.DAY, 500));
        ExportMeter other = small.open();

        assertThatThrownBy(small::open).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(small::head).isInstanceOf(AccessDenied.class);
        assertThat(finish(other)).isNull();
    }

    @Test
    void statisticsSumUpWhatLeftByHowItEnded() throws Exception {
        assertThat(node.deliver(700)).isEqualTo(700);
        assertThat(node.deliver(50_000)).isEqualTo(9_300);
        assertThatThrownBy(node::open).isInstanceOf(AccessDenied.class);
        node.answerOnly(0);
        assertThatThrownBy(node::open).isInstanceOf(Unavailable.class);

        ExportStats stats = node.exports.stats();

        assertThat(stats.ended())
                .containsEntry("success", new ExportStats.Sent(1, 700, 0))
                .containsEntry("refused", new ExportStats.Sent(2, 9_300, 0))
                .containsEntry("observed", ExportStats.Sent.NONE)
                .containsEntry("unavailable", new ExportStats.Sent(1, 0, 0));
        assertThat(stats.refusals()).containsExactly(Map.entry("export_limit_exceeded", 2L));
        assertThat(stats.leases().failures()).isEqualTo(1);
        assertThat(stats.leases().count()).isGreaterThan(4);
        assertThat(stats.settlements().count()).isEqualTo(1);
        assertThat(stats.leases().time()).isPositive();
    }
}
