package dev.scopegate.export;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A ledger whose calls are counted and timed. Safe for any number of threads. */
final class TimedLedger implements ExportLedger {
    private final ExportLedger ledger;
    private final Timer leases = new Timer();
    private final Timer settlements = new Timer();

    TimedLedger(ExportLedger ledger) {
        this.ledger = ledger;
    }

    private static final class Timer {
        private final LongAdder count = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void stop(long start, boolean answered) {
            nanos.add(System.nanoTime() - start);
            count.increment();
            if (!answered) failures.increment();
        }

        ExportStats.Calls calls() {
            return new ExportStats.Calls(count.sum(), failures.sum(), Duration.ofNanos(nanos.sum()));
        }
    }

    ExportStats.Calls leases() {
        return leases.calls();
    }

    ExportStats.Calls settlements() {
        return settlements.calls();
    }

    @Override
    public LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            LeaseAnswer answer = ledger.lease(claims, wanted, least, previous, used);
            answered = true;
            return answer;
        } finally {
            leases.stop(start, answered);
        }
    }

    @Override
    public void settle(ExportLease lease, Amount used) throws Unavailable {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            ledger.settle(lease, used);
            answered = true;
        } finally {
            settlements.stop(start, answered);
        }
    }

    @Override
    public List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable {
        return ledger.standings(claims);
    }

    @Override
    public List<ExportStanding> usage(@Nullable String owner) throws Unavailable {
        return ledger.usage(owner);
    }
}
