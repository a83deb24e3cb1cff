package dev.scopegate.store.redis;

import static dev.scopegate.store.redis.ServerClock.number;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.ExportWindow;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.export.LeaseRequest;
import dev.scopegate.export.LeaseSize;
import dev.scopegate.problem.Unavailable;
import io.lettuce.core.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums of exports in Redis. A lease is one script, in which the lease before it is settled; which window is running the
 * server's clock says, and a script that was sent for another does nothing and is sent again.
 */
final class RedisExportLedger implements ExportLedger {
    /** Guesses are wrong at the turn of a window: no more than a few in a row. */
    private static final int TRIES = 10;

    private static final int BATCH = 500;
    private static final int TIME = 2;
    private static final int BROKEN = TIME;
    private static final int BYTES = 3;
    private static final int RECORDS = 4;
    private static final int SUMS = 5;

    private final Line line;
    private final Writes writes;
    private final Keys keys;
    private final ServerClock clock;
    private final Script<List<Object>> lease = Script.ofList("lease");
    private final Script<Long> settle = Script.ofNumber("settle");
    private final Script<List<Object>> standings = Script.ofList("standings");

    RedisExportLedger(Line line, Writes writes) {
        this.line = line;
        this.writes = writes;
        this.keys = writes.keys();
        this.clock = new ServerClock(line);
    }

    /** Asks for what every call needs. */
    void check() throws Unavailable {
        var unused = clock.guess();
    }

    ServerClock clock() {
        return clock;
    }

    /** What a script answers for windows of which this node guesses that they are running. */
    @FunctionalInterface
    private interface Attempt {
        List<Object> at(Instant guess) throws Unavailable;
    }

    private List<Object> inRunningWindows(Attempt attempt) throws Unavailable {
        for (int i = 0; i < TRIES; i++) {
            List<Object> answer = attempt.at(clock.guess());
            var unused = clock.heard(answer);
            if (answer.size() > TIME) return answer;
        }
        throw new Unavailable("the windows of the export ledger did not hold still", null, 1);
    }

    @Override
    public LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable {
        LeaseRequest request = new LeaseRequest(claims, wanted, least);
        if (claims.isEmpty()) {
            if (previous != null) settle(previous, used);
            return request.decide(List.of(), Instant.EPOCH);
        }
        List<Object> answer =
                inRunningWindows(guess -> writes.quietly(lease, arguments(request, previous, used, guess)));
        Instant now = ServerClock.time(answer);
        LeaseAnswer decided = request.decide(standings(claims, answer, SUMS, now), now);
        if (!isSame(decided, answer))
            throw new Unavailable("Redis decided about an export otherwise than nodes do", null);
        return decided;
    }

    private static boolean isSame(LeaseAnswer decided, List<Object> answer) {
        if (decided.broken() + 1 != number(answer, BROKEN)) return false;
        return decided.lease() == null
                || decided.lease().granted().equals(new Amount(number(answer, BYTES), number(answer, RECORDS)));
    }

    private List<String> arguments(LeaseRequest request, @Nullable ExportLease previous, Amount used, Instant now) {
        List<ExportLease.Part> parts = previous == null ? List.of() : previous.parts();
        List<String> arguments = new ArrayList<>();
        arguments.add(String.valueOf(parts.size()));
        if (previous != null) arguments.addAll(settled(previous, used));
        for (Unit unit : Unit.values()) {
            arguments.add(String.valueOf(unit.of(request.wanted())));
            arguments.add(String.valueOf(unit.of(request.least())));
            arguments.add(String.valueOf(unit == Unit.BYTES ? LeaseSize.FLOOR_BYTES : LeaseSize.FLOOR_RECORDS));
        }
        arguments.add(String.valueOf(LeaseSize.SHARE));
        for (ExportClaim claim : request.claims()) {
            ExportAccount account = claim.account();
            ExportWindow window = ExportWindow.at(account.per(), now);
            arguments.add(keys.exported(account, window.start()));
            arguments.add(account.unit().wireName());
            arguments.add(String.valueOf(claim.max()));
            arguments.add(account.owner());
            arguments.add(AccountText.of(account));
            addBounds(arguments, window);
        }
        return arguments;
    }

    private static void addBounds(List<String> arguments, ExportWindow window) {
        Instant end = window.end();
        arguments.add(String.valueOf(window.start().getEpochSecond()));
        arguments.add(end == null ? "" : String.valueOf(end.getEpochSecond()));
    }

    private List<String> settled(ExportLease lease, Amount used) {
        List<String> arguments = new ArrayList<>();
        for (ExportLease.Part part : lease.parts()) {
            Unit unit = part.account().unit();
            arguments.add(keys.exported(part.account(), part.windowStart()));
            arguments.add(String.valueOf(unit.of(lease.granted())));
            arguments.add(String.valueOf(unit.of(used)));
        }
        return arguments;
    }

    @Override
    public void settle(ExportLease lease, Amount used) throws Unavailable {
        if (lease.parts().isEmpty()) return;
        // no replica is waited for: of a settlement that is lost the whole lease stays spent
        Long unused = settle.run(line, keys, settled(lease, used));
    }

    @Override
    public List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable {
        if (claims.isEmpty()) return List.of();
        List<Object> answer = inRunningWindows(guess -> {
            List<String> arguments = new ArrayList<>();
            for (ExportClaim claim : claims) {
                ExportWindow window = ExportWindow.at(claim.account().per(), guess);
                arguments.add(keys.exported(claim.account(), window.start()));
                addBounds(arguments, window);
            }
            return standings.run(line, keys, arguments);
        });
        return standings(claims, answer, TIME, ServerClock.time(answer));
    }

    private static List<ExportStanding> standings(List<ExportClaim> claims, List<Object> answer, int at, Instant now) {
        List<ExportStanding> standings = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            ExportClaim claim = claims.get(i);
            ExportWindow window = ExportWindow.at(claim.account().per(), now);
            standings.add(
                    ExportStanding.of(claim, number(answer, at + 2 * i), number(answer, at + 2 * i + 1), window, now));
        }
        return standings;
    }

    @Override
    public List<ExportStanding> usage(@Nullable String owner) throws Unavailable {
        TreeMap<String, ExportClaim> spent = new TreeMap<>();
        for (String index : owner == null ? List.of(keys.spent()) : List.of(keys.spentBy(owner), keys.spentBy(""))) {
            Range<Long> running =
                    Range.from(Range.Boundary.excluding(clock.guess().getEpochSecond()), Range.Boundary.unbounded());
            for (String member : line.run(commands -> commands.zrangebyscore(index, running))) {
                ExportAccount account = AccountText.read(member);
                spent.put(account.key(), new ExportClaim(account, Long.MAX_VALUE));
            }
        }
        List<ExportClaim> claims = List.copyOf(spent.values());
        List<ExportStanding> found = new ArrayList<>();
        for (int i = 0; i < claims.size(); i += BATCH) {
            for (ExportStanding standing : standings(claims.subList(i, Math.min(claims.size(), i + BATCH)))) {
                if (standing.used() > 0 || standing.leased() > 0) found.add(standing);
            }
        }
        return found;
    }
}
