package dev.scopegate.store.jdbc;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.ExportWindow;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.export.LeaseRequest;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.jdbc.ExportRows.Found;
import dev.scopegate.store.jdbc.ExportRows.RowKey;
import dev.scopegate.store.jdbc.ExportRows.Sums;
import dev.scopegate.store.jdbc.ExportRows.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sums of exports in the database. A lease is one transaction: rows are locked, looked at and written. Which window is
 * running the database's clock says, with the rows; this node only guesses it, to know which rows to ask for.
 */
final class JdbcExportLedger implements ExportLedger {
    /** Guesses are wrong at the turn of a window, rows are missing at its beginning: no more than a few in a row. */
    private static final int TRIES = 10;

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final long BETWEEN_CLEANINGS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_CLEANED = 1_000;

    private final Database database;
    private final ExportRows rows;
    private final AtomicLong lastCleaning = new AtomicLong(System.nanoTime() - BETWEEN_CLEANINGS);

    /** The database's clock against {@link System#nanoTime}; null until it has told it. */
    private volatile @Nullable Instant zero;

    JdbcExportLedger(Database database, Dialect dialect) {
        this.database = database;
        this.rows = new ExportRows(dialect);
    }

    /**
     * What became of a try.
     *
     * @param now by the database's clock
     * @param answer null when the rows were not those of the running windows
     * @param changed whether rows were written
     */
    private record Try(@Nullable Instant now, @Nullable LeaseAnswer answer, boolean changed) {}

    @Override
    public LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable {
        LeaseRequest request = new LeaseRequest(claims, wanted, least);
        if (claims.isEmpty()) {
            if (previous != null) settle(previous, used);
            return request.decide(List.of(), Instant.EPOCH);
        }
        for (int i = 0; i < TRIES; i++) {
            Instant guess = guess();
            Try tried =
                    database.transaction(connection -> lease(connection, request, guess, previous, used), Try::changed);
            if (tried.now() != null) heard(tried.now());
            if (tried.answer() != null) return tried.answer();
            makeRows(claims, tried.now() == null ? guess : tried.now());
        }
        throw new Unavailable("the windows of the export ledger did not hold still", null, 1);
    }

    private Try lease(
            Connection connection, LeaseRequest request, Instant guess, @Nullable ExportLease previous, Amount used)
            throws SQLException {
        Map<RowKey, Sums> changes = new TreeMap<>();
        if (previous != null) {
            for (ExportLease.Part part : previous.parts()) changes.put(key(part), Sums.NONE);
        }
        for (ExportClaim claim : request.claims()) changes.put(key(claim.account(), guess), Sums.NONE);
        Found found = rows.read(connection, changes.keySet(), true);
        Instant now = found.now();
        if (now == null) return new Try(null, null, false);
        changes.keySet().retainAll(found.sums().keySet());
        changes.putAll(found.sums());
        if (previous != null) {
            for (ExportLease.Part part : previous.parts()) {
                add(
                        changes,
                        part,
                        part.account().unit().of(used),
                        -part.account().unit().of(previous.granted()));
            }
        }
        List<ExportStanding> standings = new ArrayList<>();
        for (ExportClaim claim : request.claims()) {
            Sums sums = changes.get(key(claim.account(), now));
            if (sums == null) return new Try(now, null, false);
            standings.add(standing(claim, sums, now));
        }
        LeaseAnswer answer = request.decide(standings, now);
        if (answer.lease() == null && previous == null) return new Try(now, answer, false);
        if (answer.lease() != null) {
            for (ExportLease.Part part : answer.lease().parts()) {
                add(changes, part, 0, part.account().unit().of(answer.lease().granted()));
            }
        }
        rows.write(connection, changes);
        return new Try(now, answer, true);
    }

    private static void add(Map<RowKey, Sums> changes, ExportLease.Part part, long used, long leased) {
        changes.computeIfPresent(key(part), (key, sums) -> sums.plus(used, leased));
    }

    private static RowKey key(ExportLease.Part part) {
        return RowKey.of(part.account(), part.windowStart());
    }

    private static RowKey key(ExportAccount account, Instant now) {
        return RowKey.of(account, ExportWindow.at(account.per(), now).start());
    }

    private static ExportStanding standing(ExportClaim claim, Sums sums, Instant now) {
        ExportWindow window = ExportWindow.at(claim.account().per(), now);
        return ExportStanding.of(claim, sums.used(), sums.leased(), window, now);
    }

    private void makeRows(List<ExportClaim> claims, Instant now) throws Unavailable {
        for (ExportClaim claim : claims) {
            ExportAccount account = claim.account();
            ExportWindow window = ExportWindow.at(account.per(), now);
            RowKey key = RowKey.of(account, window.start());
            boolean unused = database.transaction(connection -> rows.insert(connection, key, window.end(), account));
        }
        clean(now);
    }

    private void clean(Instant now) throws Unavailable {
        long last = lastCleaning.get();
        long nanos = System.nanoTime();
        if (nanos - last < BETWEEN_CLEANINGS || !lastCleaning.compareAndSet(last, nanos)) return;
        Instant before = now.minus(REMEMBERED);
        boolean unused = database.transaction(connection -> rows.forget(connection, before, MOST_CLEANED));
    }

    private Instant guess() throws Unavailable {
        Instant known = zero;
        if (known == null) known = heard(database.run(rows::now));
        return known.plusNanos(System.nanoTime());
    }

    /** Notes what the database's clock shows. */
    Instant heard(Instant now) {
        Instant known = now.minusNanos(System.nanoTime());
        zero = known;
        return known;
    }

    @Override
    public void settle(ExportLease lease, Amount used) throws Unavailable {
        if (lease.parts().isEmpty()) return;
        boolean unused = database.transaction(connection -> settle(connection, lease, used));
    }

    private boolean settle(Connection connection, ExportLease lease, Amount used) throws SQLException {
        Map<RowKey, ExportLease.Part> inOrder = new TreeMap<>();
        for (ExportLease.Part part : lease.parts()) inOrder.put(key(part), part);
        boolean any = false;
        for (var each : inOrder.entrySet()) {
            var unit = each.getValue().account().unit();
            any |= rows.settle(connection, each.getKey(), unit.of(lease.granted()), unit.of(used));
        }
        return any;
    }

    @Override
    public List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable {
        if (claims.isEmpty()) return List.of();
        return database.run(connection -> {
            Instant now = rows.now(connection);
            List<RowKey> keys =
                    claims.stream().map(claim -> key(claim.account(), now)).toList();
            Map<RowKey, Sums> sums = rows.read(connection, keys, false).sums();
            List<ExportStanding> standings = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                standings.add(standing(claims.get(i), sums.getOrDefault(keys.get(i), Sums.NONE), now));
            }
            return standings;
        });
    }

    @Override
    public List<ExportStanding> usage(@Nullable String owner) throws Unavailable {
        return database.run(connection -> {
            Instant now = rows.now(connection);
            List<ExportStanding> standings = new ArrayList<>();
            for (Usage usage : rows.running(connection, owner, now)) {
                standings.add(standing(new ExportClaim(usage.account(), Long.MAX_VALUE), usage.sums(), now));
            }
            return standings;
        });
    }
}
