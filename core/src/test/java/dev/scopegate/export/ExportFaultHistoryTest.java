package dev.scopegate.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditOutcome;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Responses of several nodes at once while windows end, policies change, the ledger fails before or after it has done what was
 * asked, bodies are begun anew, and responses die: in no window does more leave than the largest limit that held in it, and
 * what stays on lease is what dead responses had.
 */
class ExportFaultHistoryTest {
    private static final String ENFORCED = "dataset:a";
    private static final String OBSERVED = "dataset:b";
    private static final Amount MOST = new Amount(200_000, 2_000);
    private static final Amount LEASE = new Amount(5_000, 20);
    private static final int LONGEST_WRITE = 9_000;
    private static final int MOST_RECORDS = 30;
    private static final byte[] BODY = new byte[LONGEST_WRITE];
    private static final int THREADS = 4;
    private static final int RESPONSES = 60;

    private final SetClock clock = new SetClock(Instant.parse("2026-03-04T05:06:07Z"));
    private final InMemoryExportLedger ledger = new InMemoryExportLedger(clock);
    private final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    private final List<ExportOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final ReentrantReadWriteLock time = new ReentrantReadWriteLock();

    /** By a window's first instant and a resource. */
    private final Map<String, Amount> left = new ConcurrentHashMap<>();

    private final Map<String, Amount> lost = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noMoreLeavesThanALimitLets(long seed) throws Exception {
        boolean faults = seed % 3 != 0;
        changePolicies(new Random(seed));

        List<Integer> served = AtOnce.run(THREADS, thread -> {
            Random chance = new Random(seed * 100 + thread);
            Exports node = new Exports(
                    policies,
                    faults ? new Faulty(ledger, chance) : ledger,
                    new ExportOptions(false, 0, LEASE.bytes(), LEASE.records(), Duration.ZERO),
                    outcomes::add,
                    clock::nanoTime);
            for (int i = 0; i < RESPONSES; i++) {
                if (chance.nextInt(10) == 0) changePolicies(chance);
                respond(node, chance.nextInt(4) == 0 ? OBSERVED : ENFORCED, chance, faults);
            }
            return RESPONSES;
        });

        assertThat(served).hasSize(THREADS);
        left.forEach((key, amount) -> {
            if (!key.endsWith(ENFORCED)) return;
            assertThat(amount.bytes()).as(key).isLessThanOrEqualTo(MOST.bytes());
            assertThat(amount.records()).as(key).isLessThanOrEqualTo(MOST.records());
        });
        holdLedger(ENFORCED, Unit.BYTES);
        holdLedger(ENFORCED, Unit.RECORDS);
        holdLedger(OBSERVED, Unit.BYTES);
        holdLedger(OBSERVED, Unit.RECORDS);
        boolean broken = left.entrySet().stream()
                .anyMatch(each ->
                        each.getKey().endsWith(OBSERVED) && each.getValue().bytes() > MOST.bytes());
        assertThat(outcomes.stream().anyMatch(each -> each.how() == AuditOutcome.OBSERVED) || !broken)
                .isTrue();
    }

    /** What the ledger has in the window that runs at the end. */
    private void holdLedger(String resource, Unit unit) {
        ExportAccount account = new ExportAccount(resource, Subject.OWNER, "ada", "ada", unit, Per.HOUR);
        ExportStanding standing = ledger.standings(List.of(new ExportClaim(account, Long.MAX_VALUE)))
                .get(0);
        long gone = unit.of(left.getOrDefault(key(resource), Amount.NONE));
        long dead = unit.of(lost.getOrDefault(key(resource), Amount.NONE));
        assertThat(gone)
                .as("what left of %s was leased before", account)
                .isLessThanOrEqualTo(standing.used() + standing.leased());
        assertThat(standing.leased())
                .as("what dead responses had on lease of %s", account)
                .isLessThanOrEqualTo(dead);
    }

    private String key(String resource) {
        return ExportWindow.at(Per.HOUR, clock.instant()).start() + " " + resource;
    }

    private void turn() {
        time.writeLock().lock();
        try {
            clock.pass(Duration.ofMinutes(37));
        } finally {
            time.writeLock().unlock();
        }
    }

    /** The accounts stay the same, so that each counts all that leaves. */
    private void changePolicies(Random chance) {
        List<ExportLimit> limits = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            long most = unit.of(MOST) - chance.nextInt((int) unit.of(MOST) / 4);
            limits.add(new ExportLimit(unit, Per.HOUR, most, Subject.OWNER));
            if (chance.nextInt(4) == 0) limits.add(new ExportLimit(unit, Per.RESPONSE, most / 4, Subject.OWNER));
            if (chance.nextInt(4) == 0) limits.add(new ExportLimit(unit, Per.DAY, most * 5, Subject.EVERYONE));
        }
        policies.put(ENFORCED, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), limits));
        policies.put(OBSERVED, new ExportPolicy(ExportPolicy.Mode.OBSERVE, List.of(), limits));
    }

    /** One response, as an adapter meters it. */
    private void respond(Exports node, String resource, Random chance, boolean faults) {
        AccessToken token =
                AccessToken.builder(TokenKind.PERSONAL, "token1", "t", "ada").build();
        Response response = new Response(resource);
        try {
            time.readLock().lock();
            try {
                response.meter = node.open(token, resource, ClientAddress.UNKNOWN, false);
            } finally {
                time.readLock().unlock();
            }
            boolean waits = chance.nextBoolean();
            for (int writes = chance.nextInt(30); writes > 0 && !response.isStopped(); writes--) {
                response.step(chance, waits);
                if (chance.nextInt(150) == 0) turn();
            }
            if (chance.nextInt(20) == 0) turn();
            boolean dies = chance.nextInt(8) == 0;
            if (!dies) response.finish();
            // one that a limit stopped may be unable to settle, too
            if (dies || (faults && response.isStopped())) response.lose();
        } catch (AccessDenied e) {
            assertThat(e.problem().code()).isEqualTo("export_limit_exceeded");
        } catch (Unavailable e) {
            response.lose();
        }
    }

    private final class Response {
        private final String resource;
        private @Nullable ExportMeter meter;
        private boolean begun;
        private Amount waiting = Amount.NONE;
        private Amount largest = Amount.NONE;

        Response(String resource) {
            this.resource = resource;
        }

        private ExportMeter meter() {
            return Objects.requireNonNull(meter);
        }

        boolean isStopped() {
            return meter().stopped() != null;
        }

        /** A write, which may be the first that leaves; time stands still between its count and its leaving. */
        void step(Random chance, boolean waits) {
            time.readLock().lock();
            try {
                if (!begun && chance.nextInt(10) == 0) {
                    meter().rewind();
                    waiting = Amount.NONE;
                }
                int records = chance.nextInt(MOST_RECORDS);
                meter().records(records);
                if (begun) note(new Amount(0, records));
                else waiting = plus(waiting, new Amount(0, records));
                int taken = meter().take(BODY, 0, 1 + chance.nextInt(LONGEST_WRITE - 1));
                if (begun) note(new Amount(taken, 0));
                else waiting = plus(waiting, new Amount(taken, 0));
                largest = largest.max(waiting);
                if (!begun && !waits && !isStopped() && chance.nextInt(4) == 0) {
                    begun = true;
                    meter().leave();
                    note(waiting);
                }
            } catch (ExportStopped e) {
                assertThat(isStopped()).isTrue();
            } finally {
                time.readLock().unlock();
            }
        }

        void finish() {
            time.readLock().lock();
            try {
                meter().finish();
                if (!begun) note(waiting);
            } catch (ExportStopped e) {
                assertThat(isStopped()).isTrue();
            } finally {
                time.readLock().unlock();
            }
        }

        private void note(Amount amount) {
            left.merge(key(resource), amount, ExportFaultHistoryTest::plus);
        }

        /** What it had on lease, and what a call whose fate is unknown may have leased in its place. */
        void lose() {
            Amount one = plus(plus(largest, LEASE), new Amount(LONGEST_WRITE, MOST_RECORDS));
            lost.merge(key(resource), plus(one, one), ExportFaultHistoryTest::plus);
        }
    }

    private static Amount plus(Amount one, Amount other) {
        return new Amount(one.bytes() + other.bytes(), one.records() + other.records());
    }

    /** Fails now and then, before or after it has done what was asked. */
    private record Faulty(ExportLedger ledger, Random chance) implements ExportLedger {
        private void fail() throws Unavailable {
            if (chance.nextInt(60) == 0) throw new Unavailable("the ledger is down", null);
        }

        @Override
        public LeaseAnswer lease(
                List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
                throws Unavailable {
            fail();
            LeaseAnswer answer = ledger.lease(claims, wanted, least, previous, used);
            fail();
            return answer;
        }

        @Override
        public void settle(ExportLease lease, Amount used) throws Unavailable {
            fail();
            ledger.settle(lease, used);
            fail();
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
}
