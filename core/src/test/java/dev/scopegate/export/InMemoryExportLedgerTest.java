package dev.scopegate.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.ExportLedgerContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryExportLedgerTest extends ExportLedgerContract {
    private final ExportLedger ledger = new InMemoryExportLedger(Clock.systemUTC());

    @Override
    protected ExportLedger node() {
        return ledger;
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2024-02-28T23:59:59.750Z");

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @ParameterizedTest
    @CsvSource({"HOUR, 2024-02-29T00:00:00Z, 1", "DAY, 2024-02-29T00:00:00Z, 1", "MONTH, 2024-03-01T00:00:00Z, 86401"})
    void aNewWindowBeginsAtItsBoundaryInUtc(ExportLimit.Per per, String end, long seconds) {
        HandClock clock = new HandClock();
        InMemoryExportLedger small = new InMemoryExportLedger(clock);
        ExportClaim claim = new ExportClaim(
                new ExportAccount("r", ExportLimit.Subject.EVERYONE, "", "", ExportLimit.Unit.BYTES, per), 10);
        LeaseAnswer answer = lease(small, claim, 10);
        ExportLease lease = Objects.requireNonNull(answer.lease());

        assertThat(answer.standings().get(0).resetsAt()).isEqualTo(end);
        assertThat(answer.standings().get(0).secondsLeft()).isEqualTo(seconds);
        assertThat(lease.validFor()).isEqualTo(Duration.between(clock.now, Instant.parse(end)));
        assertThat(lease(small, claim, 1).lease()).isNull();
        clock.now = Instant.parse(end);
        assertThat(lease(small, claim, 10).lease()).isNotNull();
        small.settle(lease, new Amount(3, 0));
        assertThat(small.standings(List.of(claim)).get(0).leased()).isEqualTo(10);
        assertThat(small.standings(List.of(claim)).get(0).used()).isZero();
    }

    private static LeaseAnswer lease(InMemoryExportLedger ledger, ExportClaim claim, long least) {
        return ledger.lease(List.of(claim), new Amount(least, 0), new Amount(least, 0), null, Amount.NONE);
    }
}
