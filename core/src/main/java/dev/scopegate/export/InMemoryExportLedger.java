package dev.scopegate.export;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ledger for one process, which forgets everything when that ends: for tests, and for limits per response or day on one node. */
public final class InMemoryExportLedger implements ExportLedger {
    private final Clock clock;
    private final TreeMap<String, Sum> sums = new TreeMap<>();
    private Instant nextSweep = Instant.MIN;

    private static final class Sum {
        private final ExportAccount account;
        private final ExportWindow window;
        private long used;
        private long leased;

        Sum(ExportAccount account, ExportWindow window) {
            this.account = account;
            this.window = window;
        }
    }

    public InMemoryExportLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used) {
        if (previous != null) settle(previous, used);
        Instant now = clock.instant();
        sweep(now);
        LeaseRequest request = new LeaseRequest(claims, wanted, least);
        LeaseAnswer answer = request.decide(standings(claims, now), now);
        ExportLease lease = answer.lease();
        if (lease == null) return answer;
        for (ExportLease.Part part : lease.parts()) {
            sum(part.account(), now).leased += part.account().unit().of(lease.granted());
        }
        return answer;
    }

    @Override
    public synchronized void settle(ExportLease lease, Amount used) {
        for (ExportLease.Part part : lease.parts()) {
            Sum sum = sums.get(key(part.account(), part.windowStart()));
            if (sum == null) continue; // its window has ended
            sum.leased -= part.account().unit().of(lease.granted());
            sum.used += part.account().unit().of(used);
        }
    }

    @Override
    public synchronized List<ExportStanding> standings(List<ExportClaim> claims) {
        return standings(claims, clock.instant());
    }

    private List<ExportStanding> standings(List<ExportClaim> claims, Instant now) {
        List<ExportStanding> standings = new ArrayList<>(claims.size());
        for (ExportClaim claim : claims) {
            ExportWindow window = ExportWindow.at(claim.account().per(), now);
            Sum sum = sums.get(key(claim.account(), window.start()));
            standings.add(
                    ExportStanding.of(claim, sum == null ? 0 : sum.used, sum == null ? 0 : sum.leased, window, now));
        }
        return standings;
    }

    @Override
    public synchronized List<ExportStanding> usage(@Nullable String owner) {
        Instant now = clock.instant();
        List<ExportStanding> standings = new ArrayList<>();
        for (Sum sum : sums.values()) {
            boolean running = sum.window.equals(ExportWindow.at(sum.account.per(), now));
            boolean asked = owner == null
                    || sum.account.owner().isEmpty()
                    || sum.account.owner().equals(owner);
            if (!running || !asked || (sum.used == 0 && sum.leased == 0)) continue;
            ExportClaim claim = new ExportClaim(sum.account, Long.MAX_VALUE);
            standings.add(ExportStanding.of(claim, sum.used, sum.leased, sum.window, now));
        }
        return standings;
    }

    private Sum sum(ExportAccount account, Instant now) {
        ExportWindow window = ExportWindow.at(account.per(), now);
        return sums.computeIfAbsent(key(account, window.start()), key -> new Sum(account, window));
    }

    private static String key(ExportAccount account, Instant windowStart) {
        return account.key() + ' ' + windowStart.getEpochSecond();
    }

    /** Forgets windows that have ended, with what dead responses left in them; an open lease of theirs settles into nothing. */
    private void sweep(Instant now) {
        if (now.isBefore(nextSweep)) return;
        nextSweep = now.plus(Duration.ofMinutes(10));
        for (Iterator<Sum> all = sums.values().iterator(); all.hasNext(); ) {
            Instant end = all.next().window.end();
            if (end != null && end.isBefore(now)) all.remove();
        }
    }
}
