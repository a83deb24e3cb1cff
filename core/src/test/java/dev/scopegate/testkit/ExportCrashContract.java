package dev.scopegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.scopegate.problem.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an {@link ExportLedger} does whose server is killed and started again, while nodes go on using it. */
public abstract class ExportCrashContract {
    private static final int NODES = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final Amount ONE = new Amount(1, 0);
    private static final Amount LEASE = new Amount(500, 0);

    /** A ledger of one node. */
    protected abstract ExportLedger node() throws Exception;

    /** The server of all nodes, running. */
    protected abstract Crashes.Server server();

    private static ExportClaim claim(long max) {
        String resource = "dataset:" + UUID.randomUUID();
        return new ExportClaim(new ExportAccount(resource, Subject.EVERYONE, "", "", Unit.BYTES, Per.TOTAL), max);
    }

    @Test
    void whatWasGrantedBeforeACrashStaysSpentAndNothingIsGrantedTwice() throws Exception {
        ExportClaim claim = claim(300_000);
        CountDownLatch beforeCrash = new CountDownLatch(200);
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            List<Future<Long>> working = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                ExportLedger ledger = node();
                working.add(threads.submit(() -> deliverUntilRefused(ledger, claim, beforeCrash)));
            }
            assertThat(beforeCrash.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            server().kill();
            server().start();
            long delivered = 0;
            for (Future<Long> one : working) delivered += one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            ExportStanding standing = node().standings(List.of(claim)).get(0);
            assertThat(delivered).isLessThanOrEqualTo(claim.max());
            assertThat(delivered).isLessThanOrEqualTo(standing.used() + standing.leased());
            assertThat(standing.used() + standing.leased()).isEqualTo(claim.max());
            assertThat(delivered)
                    .as("each node lost one lease at most")
                    .isGreaterThanOrEqualTo(claim.max() - NODES * LEASE.bytes());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Uses each lease up; what a call in doubt was granted nobody uses. */
    private static long deliverUntilRefused(ExportLedger ledger, ExportClaim claim, CountDownLatch granted) {
        for (long sum = 0; ; ) {
            try {
                LeaseAnswer answer = ledger.lease(List.of(claim), LEASE, ONE, null, Amount.NONE);
                ExportLease lease = answer.lease();
                if (lease == null) return sum;
                sum += lease.granted().bytes();
                granted.countDown();
                ledger.settle(lease, lease.granted());
            } catch (Unavailable away) {
                Thread.onSpinWait(); // and try again: a settlement that is lost stays spent
            }
        }
    }

    @Test
    void whileTheServerIsGoneNothingIsGrantedAndWhenItIsBackAllIsAsBefore() throws Exception {
        ExportLedger ledger = node();
        ExportClaim claim = claim(1_000);
        ExportLease open = lease(ledger, claim);
        server().kill();
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> lease(ledger, claim)).isInstanceOf(Unavailable.class);
                assertThatThrownBy(() -> ledger.standings(List.of(claim))).isInstanceOf(Unavailable.class);
                assertThatThrownBy(() -> ledger.usage(null)).isInstanceOf(Unavailable.class);
            }
        } finally {
            server().start();
        }

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers(ledger, claim)) assertThat(System.nanoTime()).isLessThan(deadline);
        ExportStanding standing = ledger.standings(List.of(claim)).get(0);
        assertThat(standing.leased()).isEqualTo(open.granted().bytes());
        ledger.settle(open, new Amount(7, 0));
        assertThat(ledger.standings(List.of(claim)).get(0).used()).isEqualTo(7);
    }

    private static boolean answers(ExportLedger ledger, ExportClaim claim) {
        try {
            return ledger.standings(List.of(claim)).size() == 1;
        } catch (Unavailable notYet) {
            return false;
        }
    }

    private static ExportLease lease(ExportLedger ledger, ExportClaim claim) throws Unavailable {
        ExportLease lease =
                ledger.lease(List.of(claim), LEASE, ONE, null, Amount.NONE).lease();
        assertThat(lease).isNotNull();
        return lease;
    }
}
