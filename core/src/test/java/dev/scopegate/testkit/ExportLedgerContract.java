package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.export.LeaseSize;
import dev.scopegate.problem.Unavailable;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ExportLedger} does. Extend it, open your ledger twice on the same place, and run it as a test. */
public abstract class ExportLedgerContract {
    private static final int NODES = 4;

    private final String resource = "dataset:" + UUID.randomUUID();

    /** A ledger of one node. All of one test share what stands behind them; other tests use other resources. */
    protected abstract ExportLedger node() throws Exception;

    private ExportClaim claim(Subject subject, String id, Unit unit, Per per, long max) {
        String owner = subject == Subject.EVERYONE ? "" : "ada";
        return new ExportClaim(new ExportAccount(resource, subject, id, owner, unit, per), max);
    }

    private ExportClaim bytes(long max) {
        return claim(Subject.OWNER, "ada", Unit.BYTES, Per.MONTH, max);
    }

    private ExportClaim records(long max) {
        return claim(Subject.EVERYONE, "", Unit.RECORDS, Per.TOTAL, max);
    }

    private static LeaseAnswer ask(ExportLedger ledger, List<ExportClaim> claims, long wanted, long least)
            throws Unavailable {
        return ledger.lease(claims, new Amount(wanted, wanted), new Amount(least, least), null, Amount.NONE);
    }

    private static ExportLease lease(LeaseAnswer answer) {
        return Objects.requireNonNull(answer.lease(), "nothing was leased");
    }

    private static ExportStanding standing(ExportLedger ledger, ExportClaim claim) throws Unavailable {
        return ledger.standings(List.of(claim)).get(0);
    }

    @Test
    void anAccountThatNobodyUsedIsEmpty() throws Exception {
        ExportStanding standing = standing(node(), bytes(1_000));

        assertThat(standing.used()).isZero();
        assertThat(standing.leased()).isZero();
        assertThat(standing.available()).isEqualTo(1_000);
        assertThat(Objects.requireNonNull(standing.resetsAt()).toString()).matches("\\d{4}-\\d\\d-01T00:00:00Z");
        assertThat(standing.secondsLeft()).isBetween(1L, 31L * 86_400);
    }

    @Test
    void forEverHasNoEnd() throws Exception {
        ExportStanding standing = standing(node(), records(10));

        assertThat(standing.resetsAt()).isNull();
        assertThat(standing.secondsLeft()).isZero();
        assertThat(lease(ask(node(), List.of(records(10)), 5, 1)).validFor()).isNull();
    }

    @Test
    void whatIsLeasedOnOneNodeIsSpentOnAll() throws Exception {
        ExportLedger one = node();
        ExportLedger other = node();
        List<ExportClaim> claims = List.of(bytes(1_000_000), records(1_000));

        LeaseAnswer answer = ask(one, claims, 100, 1);

        assertThat(lease(answer).granted()).isEqualTo(new Amount(100, 100));
        assertThat(answer.standings()).extracting(ExportStanding::leased).containsExactly(0L, 0L);
        assertThat(other.standings(claims)).extracting(ExportStanding::leased).containsExactly(100L, 100L);
        assertThat(other.standings(claims)).extracting(ExportStanding::used).containsExactly(0L, 0L);
    }

    @Test
    void whatIsSettledIsUsedAndTheRestIsThereAgain() throws Exception {
        ExportLedger one = node();
        List<ExportClaim> claims = List.of(bytes(1_000_000), records(1_000));
        ExportLease lease = lease(ask(one, claims, 100, 1));

        node().settle(lease, new Amount(60, 7));

        assertThat(one.standings(claims)).extracting(ExportStanding::leased).containsExactly(0L, 0L);
        assertThat(one.standings(claims)).extracting(ExportStanding::used).containsExactly(60L, 7L);
    }

    @Test
    void aFurtherLeaseSettlesTheOneBefore() throws Exception {
        ExportLedger ledger = node();
        List<ExportClaim> claims = List.of(bytes(1_000_000));
        ExportLease first = lease(ask(ledger, claims, 100, 1));

        LeaseAnswer next = ledger.lease(claims, new Amount(50, 0), new Amount(1, 0), first, new Amount(100, 0));

        assertThat(lease(next).granted().bytes()).isEqualTo(50);
        assertThat(next.standings().get(0).used()).isEqualTo(100);
        ExportStanding now = standing(ledger, claims.get(0));
        assertThat(now.used()).isEqualTo(100);
        assertThat(now.leased()).isEqualTo(50);
    }

    @Test
    void aRefusedFurtherLeaseSettlesTheOneBeforeAllTheSame() throws Exception {
        ExportLedger ledger = node();
        List<ExportClaim> claims = List.of(bytes(100));
        ExportLease first = lease(ask(ledger, claims, 100, 1));

        LeaseAnswer next = ledger.lease(claims, new Amount(50, 0), new Amount(1, 0), first, new Amount(100, 0));

        assertThat(next.lease()).isNull();
        assertThat(next.broken()).isZero();
        assertThat(standing(ledger, claims.get(0)).used()).isEqualTo(100);
        assertThat(standing(ledger, claims.get(0)).leased()).isZero();
    }

    @Test
    void oneLimitThatIsUsedUpLeavesTheOthersAlone() throws Exception {
        ExportLedger ledger = node();
        List<ExportClaim> claims = List.of(bytes(1_000_000), records(0));

        LeaseAnswer answer = ask(ledger, claims, 100, 1);

        assertThat(answer.lease()).isNull();
        assertThat(answer.broken()).isEqualTo(1);
        assertThat(answer.mayComeBack(new Amount(1, 1), Amount.NONE)).isFalse();
        assertThat(ledger.standings(claims)).extracting(ExportStanding::leased).containsExactly(0L, 0L);
    }

    @Test
    void theSameAmountIsGrantedByEveryLimitOfAUnit() throws Exception {
        ExportLedger ledger = node();
        ExportClaim wide = bytes(1_000_000);
        ExportClaim narrow = claim(Subject.EVERYONE, "", Unit.BYTES, Per.DAY, 40);

        ExportLease lease = lease(ask(ledger, List.of(wide, narrow), 100, 1));

        assertThat(lease.granted().bytes()).isEqualTo(40);
        assertThat(ledger.standings(List.of(wide, narrow)))
                .extracting(ExportStanding::leased)
                .containsExactly(40L, 40L);
    }

    @Test
    void whatOthersHaveOnLeaseMayComeBack() throws Exception {
        ExportLedger ledger = node();
        List<ExportClaim> claims = List.of(bytes(100));
        ExportLease open = lease(ask(ledger, claims, 100, 1));

        LeaseAnswer refused = ask(node(), claims, 10, 10);

        assertThat(refused.lease()).isNull();
        assertThat(refused.mayComeBack(new Amount(10, 10), Amount.NONE)).isTrue();
        ledger.settle(open, new Amount(90, 0));
        assertThat(lease(ask(node(), claims, 10, 10)).granted().bytes()).isEqualTo(10);
        assertThat(ask(node(), claims, 1, 1).mayComeBack(new Amount(11, 0), Amount.NONE))
                .isFalse();
    }

    @Test
    void nearTheLimitALeaseIsAShareOfWhatIsLeft() throws Exception {
        long max = 64 * LeaseSize.FLOOR_BYTES;
        ExportLedger ledger = node();

        ExportLease lease = lease(ask(ledger, List.of(bytes(max)), max, 1));

        assertThat(lease.granted().bytes()).isEqualTo(max / LeaseSize.SHARE);
        assertThat(lease(ask(ledger, List.of(bytes(max)), max, max / 2))
                        .granted()
                        .bytes())
                .isEqualTo(max / 2);
    }

    @Test
    void noClaimsAreAlwaysGranted() throws Exception {
        ExportLease lease = lease(ask(node(), List.of(), 100, 1));

        assertThat(lease.granted()).isEqualTo(new Amount(100, 100));
        node().settle(lease, new Amount(100, 100));
    }

    @Test
    void subjectsUnitsAndWindowsAreCountedApart() throws Exception {
        ExportLedger ledger = node();
        List<ExportClaim> claims = List.of(
                claim(Subject.OWNER, "ada", Unit.BYTES, Per.DAY, 100),
                claim(Subject.TOKEN, "ada", Unit.BYTES, Per.DAY, 100),
                claim(Subject.OWNER, "ada", Unit.BYTES, Per.HOUR, 100),
                claim(Subject.OWNER, "ada", Unit.RECORDS, Per.DAY, 100),
                claim(Subject.OWNER, "ad a", Unit.BYTES, Per.DAY, 100));
        lease(ask(ledger, claims.subList(0, 1), 100, 100));

        assertThat(ledger.standings(claims)).extracting(ExportStanding::leased).containsExactly(100L, 0L, 0L, 0L, 0L);
    }

    @Test
    void usageListsWhatAnOwnerAndEveryoneHaveSpent() throws Exception {
        ExportLedger ledger = node();
        ExportClaim own = bytes(1_000);
        ExportClaim everyones = records(1_000);
        ExportClaim others =
                new ExportClaim(new ExportAccount(resource, Subject.OWNER, "bob", "bob", Unit.BYTES, Per.MONTH), 1_000);
        ledger.settle(lease(ask(ledger, List.of(own, everyones, others), 9, 1)), new Amount(5, 2));

        assertThat(usage(ledger, "ada")).containsExactlyInAnyOrder(own.account(), everyones.account());
        assertThat(usage(ledger, null)).containsExactlyInAnyOrder(own.account(), everyones.account(), others.account());
        assertThat(usage(ledger, "nobody")).containsExactly(everyones.account());
    }

    private List<ExportAccount> usage(ExportLedger ledger, @Nullable String owner) throws Unavailable {
        return ledger.usage(owner).stream()
                .filter(one -> one.claim().account().resource().equals(resource))
                .peek(one -> assertThat(one.used()).isPositive())
                .map(one -> one.claim().account())
                .toList();
    }

    @Test
    void theSumOverAllNodesNeverExceedsTheLimit() throws Exception {
        long max = 3_000_000;
        List<ExportClaim> claims = List.of(bytes(max), claim(Subject.EVERYONE, "", Unit.BYTES, Per.TOTAL, max + 7));
        List<Long> delivered = AtOnce.run(NODES, thread -> deliverUntilRefused(node(), claims, new Random(thread)));

        assertThat(delivered.stream().mapToLong(Long::longValue).sum()).isEqualTo(max);
        assertThat(node().standings(claims)).extracting(ExportStanding::used).containsExactly(max, max);
        assertThat(node().standings(claims)).extracting(ExportStanding::leased).containsExactly(0L, 0L);
    }

    /** Uses a part of each lease, until the ledger says that nothing is left or can come back. */
    private static long deliverUntilRefused(ExportLedger ledger, List<ExportClaim> claims, Random chance)
            throws Unavailable {
        Amount least = new Amount(1, 0);
        long sum = 0;
        while (true) {
            LeaseAnswer answer = ledger.lease(claims, new Amount(200_000, 0), least, null, Amount.NONE);
            ExportLease lease = answer.lease();
            if (lease != null) {
                long used = Math.min(lease.granted().bytes(), 1 + chance.nextInt(200_000));
                ledger.settle(lease, new Amount(used, 0));
                sum += used;
            } else if (!answer.mayComeBack(least, Amount.NONE)) {
                return sum;
            }
        }
    }
}
