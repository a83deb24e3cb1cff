package dev.scopegate.export;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for quota, decided by how its accounts stand: what every ledger does between reading and writing its rows.
 *
 * @param claims the accounts to lease from
 * @param wanted what would be useful
 * @param least what is useful at least
 */
public record LeaseRequest(List<ExportClaim> claims, Amount wanted, Amount least) {
    /**
     * Grants from all claims or from none.
     *
     * @param standings of the claims, in their order, read under a lock
     * @param now by the ledger's clock
     */
    public LeaseAnswer decide(List<ExportStanding> standings, Instant now) {
        long bytes = wanted.bytes();
        long records = wanted.records();
        for (int i = 0; i < standings.size(); i++) {
            ExportStanding standing = standings.get(i);
            ExportLimit.Unit unit = standing.claim().account().unit();
            long share = LeaseSize.of(unit, standing.available(), unit.of(wanted), unit.of(least));
            if (share < unit.of(least)) return new LeaseAnswer(standings, null, i);
            if (unit == ExportLimit.Unit.BYTES) bytes = Math.min(bytes, share);
            else records = Math.min(records, share);
        }
        return new LeaseAnswer(standings, lease(standings, new Amount(bytes, records), now), -1);
    }

    private static ExportLease lease(List<ExportStanding> standings, Amount granted, Instant now) {
        List<ExportLease.Part> parts = new ArrayList<>(standings.size());
        Duration validFor = null;
        for (ExportStanding standing : standings) {
            ExportAccount account = standing.claim().account();
            ExportWindow window = ExportWindow.at(account.per(), now);
            parts.add(new ExportLease.Part(account, window.start()));
            validFor = shorter(validFor, window.end(), now);
        }
        return new ExportLease(parts, granted, validFor);
    }

    private static @Nullable Duration shorter(@Nullable Duration known, @Nullable Instant end, Instant now) {
        if (end == null) return known;
        Duration left = Duration.between(now, end);
        return known == null || left.compareTo(known) < 0 ? left : known;
    }
}
