package dev.scopegate.export;

import static dev.scopegate.export.MeteredNode.finish;
import static dev.scopegate.export.MeteredNode.limit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditOutcome;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.net.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that only observes refuses nothing, and tells of every break. */
class ObserveTest {
    private static final byte[] BODY = new byte[50_000];

    private final MeteredNode node = new MeteredNode(1 << 20, 1_000);

    private void tells(String code, long bytes) {
        assertThat(node.outcome().how()).isEqualTo(code == null ? AuditOutcome.SUCCESS : AuditOutcome.OBSERVED);
        assertThat(node.outcome().code()).isEqualTo(code);
        assertThat(node.outcome().left().bytes()).isEqualTo(bytes);
    }

    @Test
    void aBreakWithinTheFirstLeaseIsTold() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 600));

        assertThat(node.deliver(50_000)).isEqualTo(50_000);

        tells("export_limit_exceeded", 50_000);
        assertThat(node.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(50_000);
    }

    @Test
    void exactlyTheLimitIsNone() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 600), limit(Unit.BYTES, Per.RESPONSE, 600));

        assertThat(node.deliver(600)).isEqualTo(600);

        tells(null, 600);
        assertThat(node.deliver(1)).isEqualTo(1);
        tells("export_limit_exceeded", 1);
    }

    @Test
    void aBreakOfALimitPerResponseIsTold() throws Exception {
        node.observe(limit(Unit.BYTES, Per.RESPONSE, 600));

        assertThat(node.deliver(601)).isEqualTo(601);

        tells("export_limit_exceeded", 601);
    }

    @Test
    void aBreakByRecordsIsTold() throws Exception {
        node.observe(limit(Unit.RECORDS, Per.DAY, 5));
        ExportMeter meter = node.open();
        for (int i = 0; i < 6; i++) meter.record();

        assertThat(finish(meter)).isNull();

        tells("export_limit_exceeded", 0);
        assertThat(node.outcome().left().records()).isEqualTo(6);
    }

    @Test
    void responsesThatBreakItOnlyTogetherTellIt() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 600));
        ExportMeter one = node.open();
        ExportMeter other = node.open();
        assertThat(one.take(BODY, 0, 400) + other.take(BODY, 0, 400)).isEqualTo(800);

        assertThat(finish(one)).isNull();
        tells(null, 400);
        assertThat(finish(other)).isNull();
        tells("export_limit_exceeded", 400);
    }

    @Test
    void othersThatHaveMuchOnLeaseAreNoBreak() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 1_000_000));
        ExportMeter other = node.open();

        assertThat(node.deliver(400)).isEqualTo(400);

        tells(null, 400);
        assertThat(finish(other)).isNull();
    }

    @Test
    void aHeadOfWhatIsUsedUpIsObservedToo() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 600));
        assertThat(node.deliver(600)).isEqualTo(600);

        assertThat(finish(node.head())).isNull();

        tells("export_limit_exceeded", 0);
    }

    @Test
    void aHeadThatDeclaresTooMuchIsObservedToo() throws Exception {
        node.observe(limit(Unit.BYTES, Per.DAY, 600));
        ExportMeter meter = node.head();
        meter.declareLength(601);

        assertThat(finish(meter)).isNull();

        tells("export_limit_exceeded", 0);
    }

    @Test
    void anAddressThatWouldBeRefusedIsToldFirst() throws Exception {
        node.policies.put(
                MeteredNode.RESOURCE,
                new ExportPolicy(
                        ExportPolicy.Mode.OBSERVE,
                        List.of(Network.parse("192.0.2.0/24")),
                        List.of(limit(Unit.BYTES, Per.DAY, 600))));

        assertThat(node.deliver(50_000)).isEqualTo(50_000);

        tells("export_ip_not_allowed", 50_000);
    }

    @Test
    void aPolicyThatIsEnforcedOnlyAfterTheBreakRefusedNothing() throws Exception {
        node.observe(limit(Unit.RECORDS, Per.DAY, 5));
        ExportMeter meter = node.open();
        meter.leave();
        meter.records(6);
        node.limit();
        while (meter.take(BODY, 0, 40_000) > 0 && node.outcomes.isEmpty() && meter.stopped() == null) {
            if (node.ledger.calls() > 1) break;
        }

        assertThat(finish(meter)).isNull();
        assertThat(node.outcome().how()).isEqualTo(AuditOutcome.OBSERVED);
    }
}
