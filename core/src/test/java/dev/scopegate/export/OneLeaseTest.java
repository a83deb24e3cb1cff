package dev.scopegate.export;

import static dev.scopegate.export.MeteredNode.finish;
import static dev.scopegate.export.MeteredNode.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.problem.AccessDenied;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response has one lease at a time, so one that dies loses no more than that. */
class OneLeaseTest {
    private static final int LEASE = 1_000;
    private static final byte[] BODY = new byte[1 << 20];

    private final MeteredNode node = new MeteredNode(LEASE, 10);

    private long leased() {
        return node.standing(Unit.BYTES, Per.DAY).leased();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 200_000, 200_001})
    void aBodyThatWaitsHasWhatItHoldsInWholeLeases(int size) throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 100_000_000));
        ExportMeter meter = node.open();
        for (int written = 0; written < size; written += 777) {
            int length = Math.min(777, size - written);
            assertThat(meter.take(BODY, 0, length)).isEqualTo(length);
            assertThat(leased()).isLessThanOrEqualTo(Math.max(LEASE, written + length + LEASE));
        }

        assertThat(leased()).isBetween((long) Math.max(LEASE, size), (long) size + LEASE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linesThatNeedMoreRecordsLeaveTheirBytesOnLease(boolean whole) throws Exception {
        byte[] lines = lines(10_000);
        MeteredNode usual = new MeteredNode(new ExportOptions(false, 0, 1 << 20, 1_000, Duration.ZERO));
        usual.limit(limit(Unit.BYTES, Per.DAY, 1_000_000), limit(Unit.RECORDS, Per.DAY, 100_000));
        ExportMeter one = usual.open();
        one.countLines("application/x-ndjson");
        if (whole) one.takeAll(lines, 0, lines.length);
        else assertThat(one.take(lines, 0, lines.length)).isEqualTo(lines.length);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).leased()).isGreaterThanOrEqualTo(lines.length);
        ExportMeter other = usual.open();
        other.countLines("application/x-ndjson");
        other.leave();
        long delivered = lines.length;
        for (int i = 0; i < 200 && other.stopped() == null; i++) delivered += other.take(lines, 0, 8_100);

        assertThat(delivered).isLessThanOrEqualTo(1_000_000);
        assertThat(finish(one)).isNull();
        assertThat(finish(other)).isEqualTo("export_limit_exceeded");
        assertThat(usual.standing(Unit.BYTES, Per.DAY).used()).isLessThanOrEqualTo(1_000_000);
    }

    private static byte[] lines(int count) {
        byte[] lines = new byte[count * 90];
        for (int i = 0; i < lines.length; i++) lines[i] = (byte) (i % 90 == 89 ? '\n' : 'x');
        return lines;
    }

    /** The bytes of 5,000 records, of which so many may leave. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000, 1_001, 2_500, 4_999})
    void ofAWriteThatIsCutOffOnlyWhatLeftIsCharged(long records) throws Exception {
        MeteredNode usual = new MeteredNode(ExportOptions.DEFAULT);
        usual.limit(limit(Unit.BYTES, Per.DAY, 1L << 30), limit(Unit.RECORDS, Per.DAY, 1 + records));
        ExportMeter meter = usual.open();
        meter.countLines("application/x-ndjson");
        assertThat(meter.take(lines(1), 0, 90)).isEqualTo(90);
        meter.leave();

        assertThat(meter.take(lines(5_000), 0, 450_000)).isEqualTo((int) (records * 90));

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
        assertThat(usual.standing(Unit.RECORDS, Per.DAY).used()).isEqualTo(1 + records);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(90 + records * 90);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).leased()).isZero();
    }

    @Test
    void ofAWriteThatLeavesWholeOrNotAtAllNothingIsChargedWhenItDoesNot() throws Exception {
        MeteredNode usual = new MeteredNode(ExportOptions.DEFAULT);
        usual.limit(limit(Unit.BYTES, Per.DAY, 1L << 30), limit(Unit.RECORDS, Per.DAY, 4_999));
        ExportMeter meter = usual.open();
        meter.countLines("application/x-ndjson");
        meter.takeAll(lines(1_500), 0, 135_000);
        meter.leave();

        assertThatThrownBy(() -> meter.takeAll(lines(5_000), 0, 450_000)).isInstanceOf(ExportStopped.class);

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
        assertThat(usual.standing(Unit.RECORDS, Per.DAY).used()).isEqualTo(1_500);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(135_000);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).leased()).isZero();
    }

    @Test
    void ofAWriteThatAnotherResourceCutsOffOnlyWhatLeftIsCharged() throws Exception {
        MeteredNode wide = new MeteredNode(ExportOptions.DEFAULT);
        wide.limit(limit(Unit.BYTES, Per.DAY, 1L << 30), limit(Unit.RECORDS, Per.DAY, 1L << 30));
        MeteredNode narrow = new MeteredNode(ExportOptions.DEFAULT);
        narrow.limit(limit(Unit.BYTES, Per.DAY, 1L << 30), limit(Unit.RECORDS, Per.DAY, 1_234));
        ExportMeter meter = wide.open();
        meter.countLines("application/x-ndjson");
        meter.leave();
        meter.join(narrow.open());

        assertThat(meter.take(lines(5_000), 0, 450_000)).isEqualTo(1_234 * 90);

        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
        for (MeteredNode each : new MeteredNode[] {wide, narrow}) {
            assertThat(each.standing(Unit.RECORDS, Per.DAY).used()).isEqualTo(1_234);
            assertThat(each.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(1_234 * 90);
        }
    }

    @Test
    void aResponseThatHasBegunHasOneLease() throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 100_000_000));
        ExportMeter meter = node.open();
        meter.leave();
        for (int i = 0; i < 500; i++) {
            assertThat(meter.take(BODY, 0, 777)).isEqualTo(777);
            assertThat(leased()).isLessThanOrEqualTo(LEASE);
        }

        assertThat(finish(meter)).isNull();
        assertThat(leased()).isZero();
        assertThat(node.standing(Unit.BYTES, Per.DAY).used()).isEqualTo(500 * 777);
    }

    @Test
    void smallWritesNearTheLimitOfABodyThatWaitsAskSeldom() throws Exception {
        MeteredNode usual = new MeteredNode(new ExportOptions(false, 0, 1 << 20, 1_000, Duration.ZERO));
        usual.limit(limit(Unit.BYTES, Per.DAY, 200_000));
        ExportMeter meter = usual.open();
        long taken = 0;
        while (meter.stopped() == null) taken += meter.take(BODY, 0, 70);

        assertThat(taken).isEqualTo(200_000 / 70 * 70);
        assertThat(usual.ledger.calls()).isLessThan(40);
        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
    }

    @Test
    void aBodyThatWaitsAsksOnceForEachLease() throws Exception {
        MeteredNode usual = new MeteredNode(new ExportOptions(false, 0, 1 << 20, 1_000, Duration.ZERO));
        usual.limit(limit(Unit.BYTES, Per.DAY, 1L << 40), limit(Unit.RECORDS, Per.DAY, 1L << 40));
        ExportMeter meter = usual.open();
        for (int i = 0; i < 8 * 16; i++)
            assertThat(meter.take(BODY, 0, 1 << 16)).isEqualTo(1 << 16);

        assertThat(finish(meter)).isNull();
        assertThat(usual.ledger.calls()).isLessThanOrEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 8_192, 600_000, 700_000, 1 << 20})
    void aLongBodyTakesOneLeaseForEachMebibyteHoweverItIsWritten(int piece) throws Exception {
        MeteredNode usual = new MeteredNode(ExportOptions.DEFAULT);
        usual.limit(limit(Unit.BYTES, Per.DAY, 1L << 40), limit(Unit.RECORDS, Per.DAY, 1L << 40));
        ExportMeter meter = usual.open();
        meter.leave();
        int pieces = (40 << 20) / piece;
        for (int i = 0; i < pieces; i++) meter.takeAll(BODY, 0, piece);

        assertThat(usual.ledger.leases()).isLessThanOrEqualTo(40);
        assertThat(finish(meter)).isNull();
        assertThat(usual.standing(Unit.BYTES, Per.DAY).used()).isEqualTo((long) pieces * piece);
        assertThat(usual.standing(Unit.BYTES, Per.DAY).leased()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 600, 1_000})
    void manyRecordsTakeOneLeaseForEachThousandHoweverTheyAreTold(int atOnce) throws Exception {
        MeteredNode usual = new MeteredNode(ExportOptions.DEFAULT);
        usual.limit(limit(Unit.BYTES, Per.DAY, 1L << 40), limit(Unit.RECORDS, Per.DAY, 1L << 40));
        ExportMeter meter = usual.open();
        meter.leave();
        for (int i = 0; i < 40_000 / atOnce; i++) {
            meter.records(atOnce);
            meter.takeAll(BODY, 0, 10);
        }

        assertThat(usual.ledger.leases()).isLessThanOrEqualTo(40);
        assertThat(finish(meter)).isNull();
        assertThat(usual.standing(Unit.RECORDS, Per.DAY).used()).isEqualTo(40_000L / atOnce * atOnce);
    }

    @Test
    void whatIsRefusedBeforeItLeavesUsesNothing() throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 5_000));
        ExportMeter meter = node.open();
        assertThat(meter.take(BODY, 0, 4_000)).isEqualTo(4_000);
        assertThat(meter.take(BODY, 0, 4_000)).isZero();

        assertThat(leased()).isZero();
        assertThat(node.deliver(5_000)).isEqualTo(5_000);
    }

    @Test
    void whatIsReservedStaysReservedWhateverIsWrittenFirst() throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 50_000), limit(Unit.RECORDS, Per.DAY, 1_000));
        ExportMeter meter = node.open();
        meter.reserve(5_000, 900);
        for (int i = 0; i < 20; i++) assertThat(meter.take(BODY, 0, 1_000)).isEqualTo(1_000);
        meter.leave();
        for (int i = 0; i < 20; i++) assertThat(meter.take(BODY, 0, 1_000)).isEqualTo(1_000);

        assertThat(node.standing(Unit.RECORDS, Per.DAY).leased()).isGreaterThanOrEqualTo(900);
        meter.records(900);
        assertThat(finish(meter)).isNull();
        assertThat(node.standing(Unit.RECORDS, Per.DAY).used()).isEqualTo(900);
    }

    @Test
    void aLengthThatIsDeclaredIsLeasedAtOnce() throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 50_000), limit(Unit.RECORDS, Per.DAY, 1_000));
        ExportMeter meter = node.open();
        meter.declareLength(40_000);
        meter.records(500);

        assertThat(leased()).isBetween(40_000L, 40_000L + LEASE);
        assertThatThrownBy(() -> node.open().reserve(20_000, 0)).isInstanceOf(ExportStopped.class);
    }

    @Test
    void aPolicyThatBecomesSmallerHoldsFromTheNextLease() throws Exception {
        node.limit(limit(Unit.BYTES, Per.DAY, 100_000));
        ExportMeter meter = node.open();
        meter.leave();
        assertThat(meter.take(BODY, 0, 10_500)).isEqualTo(10_500);
        node.limit(limit(Unit.BYTES, Per.DAY, 10_000));

        assertThat(meter.take(BODY, 0, 10_000)).isLessThanOrEqualTo(LEASE);
        assertThat(finish(meter)).isEqualTo("export_limit_exceeded");
    }

    @Test
    void aPolicyWithoutLimitsThatIsTakenAwayStopsWhatIsOnItsWay() throws Exception {
        node.limit();
        ExportMeter meter = node.open();
        meter.leave();
        assertThat(meter.take(BODY, 0, 10_500)).isEqualTo(10_500);
        assertThat(node.policies.remove(MeteredNode.RESOURCE)).isTrue();

        assertThat(meter.take(BODY, 0, 10_000)).isLessThanOrEqualTo(LEASE);
        assertThat(finish(meter)).isEqualTo("permission_denied");
        assertThatThrownBy(node::open).isInstanceOf(AccessDenied.class);
    }
}
