package dev.scopegate.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random policies, responses, sizes, aborts and crashes on several nodes at once: whatever happens, no more leaves than the
 * limits say, and what cannot leave in the end is what crashed responses had on lease.
 */
class ExportHistoryTest {
    private static final String RESOURCE = "dataset:a";
    private static final int NODES = 4;
    private static final int RESPONSES = 60;
    private static final long LEASE_BYTES = 5_000;
    private static final long LEASE_RECORDS = 10;
    private static final byte[] BODY = new byte[20_000];

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    private final InMemoryExportLedger ledger = new InMemoryExportLedger(clock);
    private final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    private final Map<ExportAccount, Amount> delivered = new ConcurrentHashMap<>();
    private final Map<ExportAccount, Amount> onLeaseOfCrashed = new ConcurrentHashMap<>();

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

    private static AccessToken token(int number) {
        return AccessToken.builder(TokenKind.PERSONAL, "token" + number, "t", "owner" + number % 2)
                .build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingLeavesThatALimitForbids(long seed) throws Exception {
        ExportPolicy policy = policy(new Random(seed));
        policies.put(RESOURCE, policy);

        List<Integer> nodes = AtOnce.run(NODES, node -> serve(new Random(seed * 1_000 + node)));

        assertThat(nodes).hasSize(NODES);
        for (int number = 0; number < NODES; number++) {
            for (ExportClaim claim : new Exporter(token(number), RESOURCE, ClientAddress.UNKNOWN).claims(policy)) {
                hold(claim, policy);
            }
        }
    }

    private void hold(ExportClaim claim, ExportPolicy policy) {
        ExportAccount account = claim.account();
        Unit unit = account.unit();
        ExportStanding standing = ledger.standings(List.of(claim)).get(0);
        long left = unit.of(delivered.getOrDefault(account, Amount.NONE));
        long lost = unit.of(onLeaseOfCrashed.getOrDefault(account, Amount.NONE));
        assertThat(left).as("%s of %s", account, policy).isLessThanOrEqualTo(claim.max());
        assertThat(standing.used() + standing.leased()).isLessThanOrEqualTo(claim.max());
        assertThat(standing.used())
                .as("what finished responses delivered is used")
                .isLessThanOrEqualTo(left);
        assertThat(standing.leased()).as("only crashed responses have leases").isLessThanOrEqualTo(lost);
        assertThat(left).as("no more left than was leased").isLessThanOrEqualTo(standing.used() + standing.leased());
    }

    private int serve(Random chance) throws Unavailable {
        Exports node = new Exports(
                policies,
                ledger,
                new ExportOptions(false, 0, LEASE_BYTES, LEASE_RECORDS, Duration.ZERO),
                outcome -> {});
        int ended = 0;
        for (int i = 0; i < RESPONSES; i++) ended += respond(node, token(chance.nextInt(NODES)), chance) ? 1 : 0;
        return ended;
    }

    /** One response: refused, cut off, finished or crashed. */
    private boolean respond(Exports node, AccessToken token, Random chance) throws Unavailable {
        ExportMeter meter;
        try {
            meter = node.open(token, RESOURCE, ClientAddress.UNKNOWN, false);
        } catch (AccessDenied refused) {
            return false;
        }
        long bytes = 0;
        long records = 0;
        boolean crashes = chance.nextInt(10) == 0;
        try {
            if (chance.nextInt(4) == 0) meter.reserve(chance.nextInt(30_000), chance.nextInt(40));
            for (int writes = chance.nextInt(40); writes > 0; writes--) {
                if (chance.nextInt(8) == 0) meter.leave();
                int more = chance.nextInt(30);
                meter.records(more);
                records += more;
                int length = chance.nextInt(BODY.length);
                bytes += meter.take(BODY, 0, length);
                if (meter.stopped() != null) break;
            }
            if (!crashes) meter.finish();
        } catch (ExportStopped stopped) {
            if (!crashes) finish(meter);
        }
        note(node, token, new Amount(bytes, records), crashes);
        return true;
    }

    private static void finish(ExportMeter meter) {
        try {
            meter.finish();
        } catch (ExportStopped known) {
            assertThat(meter.stopped()).isNotNull();
        }
    }

    private void note(Exports node, AccessToken token, Amount amount, boolean crashed) throws Unavailable {
        ExportPolicy policy = node.policies().find(RESOURCE);
        Map<ExportAccount, Amount> sums = new HashMap<>();
        for (ExportClaim claim : new Exporter(token, RESOURCE, ClientAddress.UNKNOWN).claims(policy)) {
            sums.put(claim.account(), amount);
        }
        Amount most = new Amount(1L << 40, 1L << 40);
        sums.forEach((account, sum) -> {
            delivered.merge(account, sum, ExportHistoryTest::plus);
            if (crashed) onLeaseOfCrashed.merge(account, most, ExportHistoryTest::plus);
        });
    }

    private static Amount plus(Amount one, Amount other) {
        return new Amount(one.bytes() + other.bytes(), one.records() + other.records());
    }

    /** What a stream delivers in the end, after a node has crashed in the middle of some. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void whatCannotLeaveInTheEndIsOneLeaseOfEachCrashedResponse(int crashes) throws Exception {
        long max = 2_000_000;
        ExportLimit limit = new ExportLimit(Unit.BYTES, Per.DAY, max, Subject.OWNER);
        policies.put(RESOURCE, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limit)));
        Exports node = new Exports(
                policies,
                ledger,
                new ExportOptions(false, 0, LEASE_BYTES, LEASE_RECORDS, Duration.ZERO),
                outcome -> {});
        long left = 0;
        for (int i = 0; i < crashes; i++) {
            ExportMeter meter = node.open(token(0), RESOURCE, ClientAddress.UNKNOWN, false);
            meter.leave();
            for (int writes = 0; writes < 20; writes++) left += meter.take(BODY, 0, 4_321);
        }

        long taken = 0;
        ExportMeter last = node.open(token(0), RESOURCE, ClientAddress.UNKNOWN, false);
        last.leave();
        while (last.stopped() == null) taken += last.take(BODY, 0, 4_321);
        finish(last);

        assertThat(left + taken).isBetween(max - crashes * LEASE_BYTES, max);
        ExportClaim claim = new Exporter(token(0), RESOURCE, ClientAddress.UNKNOWN)
                .claims(node.policies().find(RESOURCE))
                .get(0);
        assertThat(ledger.standings(List.of(claim)).get(0).leased()).isLessThanOrEqualTo(crashes * LEASE_BYTES);
    }
}
