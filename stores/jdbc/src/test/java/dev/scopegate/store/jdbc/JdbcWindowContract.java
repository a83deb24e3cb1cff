package dev.scopegate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Windows in a database: its clock says which one runs. A window ends in a test by its rows being moved into the past. */
abstract class JdbcWindowContract {
    private static final Duration DAYS = Duration.ofDays(40);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Amount MOST = new Amount(600, 0);

    private final String resource = "dataset:" + UUID.randomUUID();
    private final ExportClaim claim =
            new ExportClaim(new ExportAccount(resource, Subject.OWNER, "ada", "ada", Unit.BYTES, Per.MONTH), 1_000);

    abstract JdbcExportLedger node(Duration ahead) throws Exception;

    abstract void execute(String sql) throws Exception;

    abstract long number(String sql) throws Exception;

    private LeaseAnswer lease(ExportLedger ledger) throws Unavailable {
        return ledger.lease(List.of(claim), MOST, MOST, null, Amount.NONE);
    }

    private ExportStanding standing(ExportLedger ledger) throws Unavailable {
        return ledger.standings(List.of(claim)).get(0);
    }

    private void endWindows(Duration ago) throws Exception {
        long micros = ago.toMillis() * 1_000;
        execute("update scopegate_export_usage set window_start = window_start - " + micros
                + ", window_end = window_end - " + micros + " where resource = '" + resource + "'");
    }

    @Test
    void nodesWhoseClocksAreDaysApartSpendFromOneWindow() throws Exception {
        ExportLedger slow = node(DAYS.negated());
        ExportLedger right = node(Duration.ZERO);
        ExportLedger fast = node(DAYS);

        assertThat(lease(slow).lease()).isNotNull();

        assertThat(lease(right).lease()).isNull();
        assertThat(lease(fast).lease()).isNull();
        assertThat(standing(fast).leased()).isEqualTo(600);
        assertThat(standing(fast).resetsAt()).isEqualTo(standing(slow).resetsAt());
        assertThat(number("select count(*) from scopegate_export_usage where resource = '" + resource + "'"))
                .isEqualTo(1);
    }

    @Test
    void aNodeThatSupposesAnotherTimeSpendsFromTheWindowThatRuns() throws Exception {
        JdbcExportLedger ledger = node(Duration.ZERO);
        assertThat(lease(ledger).lease()).isNotNull();
        for (Duration wrong : List.of(DAYS, DAYS.negated())) {
            Instant unused = ledger.heard(Instant.now().plus(wrong));

            assertThat(lease(ledger).lease()).isNull();
        }

        JdbcExportLedger fresh = node(Duration.ZERO);
        Instant unused = fresh.heard(Instant.now().plus(DAYS));
        assertThat(fresh.lease(List.of(claim), new Amount(400, 0), new Amount(400, 0), null, Amount.NONE)
                        .lease())
                .isNotNull();
        assertThat(standing(ledger).leased()).isEqualTo(1_000);
    }

    @Test
    void aWindowThatEndsTakesWithItWhatADeadNodeHadOnLease() throws Exception {
        ExportLedger ledger = node(Duration.ZERO);
        assertThat(lease(ledger).lease()).isNotNull();
        assertThat(lease(ledger).lease()).isNull();

        endWindows(DAYS);

        assertThat(lease(ledger).lease()).isNotNull();
        assertThat(standing(ledger).leased()).isEqualTo(600);
        assertThat(ledger.usage("ada"))
                .filteredOn(one -> one.claim().account().equals(claim.account()))
                .extracting(ExportStanding::leased)
                .containsExactly(600L);
    }

    @Test
    void aLeaseOfAWindowThatHasEndedIsSettledThere() throws Exception {
        ExportLedger ledger = node(Duration.ZERO);
        ExportLease lease = Objects.requireNonNull(lease(ledger).lease());
        endWindows(DAYS);
        ExportLease.Part part = lease.parts().get(0);
        ExportLease before = new ExportLease(
                List.of(new ExportLease.Part(part.account(), part.windowStart().minus(DAYS))), MOST, HOUR);

        LeaseAnswer next = ledger.lease(List.of(claim), MOST, MOST, before, new Amount(500, 0));

        assertThat(next.lease()).isNotNull();
        assertThat(standing(ledger).used()).isZero();
        assertThat(standing(ledger).leased()).isEqualTo(600);
        assertThat(number("select sum(used) from scopegate_export_usage where resource = '" + resource + "'"))
                .isEqualTo(500);
        assertThat(number("select sum(leased) from scopegate_export_usage where resource = '" + resource + "'"))
                .isEqualTo(600);
    }

    @Test
    void windowsThatEndedLongAgoAreRemoved() throws Exception {
        assertThat(lease(node(Duration.ZERO)).lease()).isNotNull();
        endWindows(DAYS);

        assertThat(lease(node(Duration.ZERO)).lease()).isNotNull(); // a node's first new window

        assertThat(number("select count(*) from scopegate_export_usage where resource = '" + resource + "'"))
                .isEqualTo(1);
    }
}
