package dev.scopegate.testkit;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.problem.Unavailable;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger in memory that counts what it is asked, and is away when a test says so. Safe for any number of threads. */
public final class SwitchedLedger implements ExportLedger {
    private final InMemoryExportLedger kept;
    private final AtomicInteger answersLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger leases = new AtomicInteger();

    public SwitchedLedger(Clock clock) {
        kept = new InMemoryExportLedger(clock);
    }

    /** It answers so often from now on, then no more. */
    public void answerOnly(int often) {
        answersLeft.set(often);
    }

    /** How often it was asked for anything. */
    public int calls() {
        return calls.get();
    }

    /** How often it was asked for a lease. */
    public int leases() {
        return leases.get();
    }

    /** What a test reads past the switch. */
    public InMemoryExportLedger kept() {
        return kept;
    }

    private void count() throws Unavailable {
        calls.incrementAndGet();
        if (answersLeft.getAndDecrement() <= 0) throw new Unavailable("the ledger is down", null);
    }

    @Override
    public LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable {
        leases.incrementAndGet();
        count();
        return kept.lease(claims, wanted, least, previous, used);
    }

    @Override
    public void settle(ExportLease lease, Amount used) throws Unavailable {
        count();
        kept.settle(lease, used);
    }

    @Override
    public List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable {
        count();
        return kept.standings(claims);
    }

    @Override
    public List<ExportStanding> usage(@Nullable String owner) throws Unavailable {
        count();
        return kept.usage(owner);
    }
}
