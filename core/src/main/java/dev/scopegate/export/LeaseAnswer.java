package dev.scopegate.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger says to a request for quota.
 *
 * @param standings of the claims, in their order, before this request
 * @param lease what was granted; null when one of the claims has too little left
 * @param broken the index of the first such claim; -1 when there is a lease
 */
public record LeaseAnswer(
        List<ExportStanding> standings, @Nullable ExportLease lease, int broken) {
    public LeaseAnswer {
        standings = List.copyOf(standings);
        if ((lease == null) != (broken >= 0)) throw new IllegalArgumentException("granted or broken");
    }

    /**
     * Whether other responses' open leases are all that stands in the way of the least that was asked for.
     *
     * @param own what the asking response itself has on lease
     */
    public boolean mayComeBack(Amount least, Amount own) {
        for (ExportStanding standing : standings) {
            ExportLimit.Unit unit = standing.claim().account().unit();
            if (standing.claim().max() - standing.used() - unit.of(own) < unit.of(least)) return false;
        }
        return broken >= 0;
    }

    /** What this answer leaves of an amount that was refused; no less than the least. */
    Amount possible(Amount least, Amount refused) {
        long bytes = refused.bytes();
        long records = refused.records();
        for (ExportStanding standing : standings) {
            if (standing.claim().account().unit() == ExportLimit.Unit.BYTES) {
                bytes = Math.min(bytes, standing.available());
            } else {
                records = Math.min(records, standing.available());
            }
        }
        return new Amount(bytes, records).max(least);
    }
}
