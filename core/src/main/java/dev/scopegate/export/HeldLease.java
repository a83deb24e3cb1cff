package dev.scopegate.export;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one response has on lease of one resource: a single lease at a time, so that a response that dies loses no more. While
 * nothing has left, it covers all of the body, in whole leases, and a larger one takes its place; after that, each one is used up
 * before the next.
 * For one thread at a time.
 */
final class HeldLease {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Exports exports;
    private final boolean head;

    private @Nullable ExportLease lease;
    private Amount base = Amount.NONE;
    private boolean left;
    private boolean expires;
    private long deadline;

    /**
     * Nothing on lease yet.
     *
     * @param head whether the response answers a HEAD, for which the ledger is only asked what it would grant
     */
    HeldLease(Exports exports, boolean head) {
        this.exports = exports;
        this.head = head;
    }

    /** The first byte is about to leave: what was taken is used, and counts in the window that runs. */
    void leave() {
        left = true;
    }

    /** What was taken before the present lease; what it covers comes on top. */
    Amount base() {
        return base;
    }

    /** The total that the lease lets out. */
    long reach(ExportLimit.Unit unit) {
        return unit.of(base) + (lease == null ? 0 : unit.of(lease.granted()));
    }

    /** Whether one of the lease's windows has ended: nothing more may leave on it. */
    boolean isOver() {
        return expires && exports.nanoTime() - deadline >= 0;
    }

    /** Whether what was taken would leave in a window that it is not counted in. */
    boolean isLate() {
        return !left && isOver();
    }

    /**
     * Puts a lease in the place of the present one, and waits a while for quota that others have.
     *
     * @param taken what the response has taken in all
     * @param needed the totals that it must reach at least
     * @param useful the totals that would be useful, at least what is needed
     * @return with a lease, or with the claim that is broken
     */
    LeaseAnswer renew(List<ExportClaim> claims, Amount taken, Amount needed, Amount useful) throws Unavailable {
        long start = System.nanoTime();
        for (long pause = SHORT.toNanos(); ; pause *= 2) {
            LeaseAnswer answer = ask(claims, taken, needed, useful);
            if (answer.lease() != null) return answer;
            long patience = exports.options().patience().toNanos() - (System.nanoTime() - start);
            if (patience <= 0 || !answer.mayComeBack(needed.minus(base), Amount.NONE)) return answer;
            LockSupport.parkNanos(Math.min(pause, patience)); // other nodes cannot wake this one
        }
    }

    /**
     * Asks once, for a little more than is needed where a body grows by small writes, or for as much of that as is there. What
     * the ledger was told of is not told again, whatever becomes of the call.
     */
    private LeaseAnswer ask(List<ExportClaim> claims, Amount taken, Amount needed, Amount useful) throws Unavailable {
        ExportLease previous = lease;
        Amount rest =
                new Amount(rest(ExportLimit.Unit.BYTES, taken, needed), rest(ExportLimit.Unit.RECORDS, taken, needed));
        Amount used = end(taken);
        Amount least = needed.minus(base);
        Amount usual = usual();
        Amount more = useful.minus(base);
        Amount wanted = left ? usual.plus(rest).max(more) : LeaseSize.whole(more, usual);
        for (Amount asked = left ? least : LeaseSize.ahead(least, taken, usual); ; ) {
            LeaseAnswer answer = lease(claims, wanted.max(asked), asked, previous, used);
            Amount possible = answer.possible(least, asked);
            if (answer.lease() != null || possible.equals(asked)) return answer;
            asked = possible;
            previous = null;
            used = Amount.NONE;
        }
    }

    /** What a lease has left of a unit, but too little: the next one gives it on top, so that each is worth a whole one. */
    private long rest(ExportLimit.Unit unit, Amount taken, Amount needed) {
        long reach = reach(unit);
        return unit.of(needed) > reach ? Math.max(0, reach - unit.of(taken)) : 0;
    }

    private Amount usual() {
        return new Amount(exports.options().leaseBytes(), exports.options().leaseRecords());
    }

    private LeaseAnswer lease(
            List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
            throws Unavailable {
        long asked = exports.nanoTime();
        LeaseAnswer answer = head
                ? new LeaseRequest(claims, wanted, least).decide(exports.calls().standings(claims), Instant.EPOCH)
                : exports.calls().lease(claims, wanted, least, previous, used);
        lease = answer.lease();
        Duration validFor = lease == null || head ? null : lease.validFor();
        expires = validFor != null;
        if (validFor != null) deadline = asked + validFor.toNanos();
        return answer;
    }

    /** Ends the present lease here, before the ledger is told; what of it was used. */
    private Amount end(Amount taken) {
        Amount used = left && lease != null ? taken.minus(base) : Amount.NONE;
        if (left) base = taken;
        lease = null;
        expires = false;
        return used;
    }

    /** Tells the ledger what was used; all of it has left or is about to. */
    void settle(Amount taken) throws Unavailable {
        ExportLease last = lease;
        left = true;
        Amount used = end(taken);
        if (last != null && !head) exports.calls().settle(last, used);
    }

    /** The same, and how the claims stand after it, in one call. */
    List<ExportStanding> settleAndLook(List<ExportClaim> claims, Amount taken) throws Unavailable {
        ExportLease last = lease;
        left = true;
        Amount used = end(taken);
        if (last == null || head) return List.of();
        return exports.calls()
                .lease(claims, Amount.NONE, Amount.NONE, last, used)
                .standings();
    }
}
