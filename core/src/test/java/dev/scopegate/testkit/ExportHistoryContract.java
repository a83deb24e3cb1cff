package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.Exports;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random policies, responses, sizes, aborts and crashes on four nodes at once: whatever happens, no more leaves than the limits
 * say, and what cannot leave in the end is what crashed responses had on lease. Extend it, open your ledger and policies once
 * for each node, and run it as a test; {@code -Dscopegate-test.histories=200} runs as many.
 */
public abstract class ExportHistoryContract {
    private static final int NODES = 4;
    private static final int RESPONSES = 60;
    private static final int TRIES = 3;
    private static final int LENGTH = 4_321;

    /** One node's ledger and policies; all of one test share what stands behind them. */
    protected abstract ExportHistory.Place node() throws Exception;

    /** How many histories are run when nobody asks for more. */
    protected int histories() {
        return 20;
    }

    private static ExportPolicy policy(Random chance) {
        List<ExportLimit> limits = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            for (Per per : Per.values()) {
                for (Subject subject : Subject.values()) {
                    if (chance.nextInt(4) > 0) continue;
                    long most = unit == Unit.BYTES ? 1_000_000 : 3_000;
                    long share = per == Per.RESPONSE ? 10 : 1;
                    limits.add(new ExportLimit(unit, per, (long) (chance.nextDouble() * most / share), subject));
                }
            }
        }
        return new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), limits);
    }

    @TestFactory
    Stream<DynamicTest> nothingLeavesThatALimitForbids() throws Exception {
        List<ExportHistory.Place> nodes = List.of(node(), node(), node(), node());
        return LongStream.rangeClosed(1, Integer.getInteger("scopegate-test.histories", histories()))
                .mapToObj(seed -> DynamicTest.dynamicTest("history " + seed, () -> withinOneWindow(nodes, seed)));
    }

    /** Once more when a window ended in the middle, since sums began anew there. */
    private static void withinOneWindow(List<ExportHistory.Place> nodes, long seed) throws Exception {
        for (int tries = 1; !run(nodes, seed); tries++) assertThat(tries).isLessThan(TRIES);
    }

    private static boolean run(List<ExportHistory.Place> nodes, long seed) throws Exception {
        ExportPolicy policy = policy(new Random(seed));
        ExportHistory history = new ExportHistory("dataset:" + UUID.randomUUID(), policy);
        nodes.get(0).policies().put(history.resource(), policy);
        List<ExportClaim> claims = history.allClaims();
        List<ExportStanding> before = nodes.get(0).ledger().standings(claims);

        List<Integer> ended = AtOnce.run(NODES, node -> {
            Exports exports = ExportHistory.exports(nodes.get(node));
            return history.serve(exports, new Random(seed * 1_000 + node), RESPONSES);
        });

        assertThat(ended).hasSize(NODES);
        List<ExportStanding> after = nodes.get(NODES - 1).ledger().standings(claims);
        for (int i = 0; i < claims.size(); i++) {
            if (!Objects.equals(before.get(i).resetsAt(), after.get(i).resetsAt())) return false;
        }
        after.forEach(history::hold);
        return true;
    }

    /** What a stream delivers in the end, after a node has crashed in the middle of some. */
    @TestFactory
    Stream<DynamicTest> whatCannotLeaveInTheEndIsOneLeaseOfEachCrashedResponse() throws Exception {
        List<ExportHistory.Place> nodes = List.of(node(), node());
        return Stream.of(0, 1, 5)
                .map(crashes -> DynamicTest.dynamicTest(crashes + " crashes", () -> deliver(nodes, crashes)));
    }

    private static void deliver(List<ExportHistory.Place> nodes, int crashes) throws Exception {
        long max = 2_000_000;
        ExportLimit limit = new ExportLimit(Unit.BYTES, Per.TOTAL, max, Subject.OWNER);
        ExportPolicy policy = new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limit));
        ExportHistory history = new ExportHistory("dataset:" + UUID.randomUUID(), policy);
        nodes.get(0).policies().put(history.resource(), policy);
        Exports dead = ExportHistory.exports(nodes.get(0));
        long left = 0;
        for (int i = 0; i < crashes; i++) left += history.open(dead).take(20, LENGTH);

        ExportHistory.Response last = history.open(ExportHistory.exports(nodes.get(1)));
        long taken = last.take(Integer.MAX_VALUE, LENGTH);
        last.finish();

        long lost = crashes * ExportHistory.LEASE.bytes();
        assertThat(left + taken).isBetween(max - lost, max);
        ExportStanding standing =
                nodes.get(1).ledger().standings(history.claims(0)).get(0);
        assertThat(standing.leased()).isLessThanOrEqualTo(lost);
        assertThat(left + taken).isLessThanOrEqualTo(standing.used() + standing.leased());
    }
}
