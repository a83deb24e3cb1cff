package dev.scopegate.export;

import dev.scopegate.event.AuditOutcome;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one resource's policy leaves to one response. Totals are those of the whole response; what it held before this resource
 * came to it does not count here. For one thread at a time.
 */
final class Quota {
    private static final ExportLimit.Unit[] UNITS = ExportLimit.Unit.values();
    private static final Amount LEAST = new Amount(1, 1);

    private final Exports exports;
    private final Exporter exporter;
    private final HeldLease lease;

    private PolicyInForce policy = PolicyInForce.NONE;
    private boolean policyRead;
    private List<ExportStanding> first = List.of();
    private Amount start = Amount.NONE;
    private Amount reserved = Amount.NONE;
    private long readyBytes;
    private long readyRecords;
    private @Nullable Problem problem;
    private @Nullable String observed;

    Quota(Exports exports, Exporter exporter, boolean head) {
        this.exports = exports;
        this.exporter = exporter;
        this.lease = new HeldLease(exports, head);
    }

    /** Lets the response begin, or throws why not. */
    void open() throws AccessDenied, Unavailable {
        try {
            if (readPolicy() && renew(Amount.NONE, LEAST, LEAST)) {
                prepare();
                return;
            }
        } catch (Unavailable e) {
            tell(Amount.NONE, e.problem());
            throw e;
        }
        Problem refusal = Objects.requireNonNull(problem);
        tell(Amount.NONE, refusal);
        throw new AccessDenied(refusal);
    }

    private boolean readPolicy() throws Unavailable {
        ExportPolicy now = exports.policy(exporter.resource());
        if (now == null) {
            problem = Problem.permissionDenied();
            return false;
        }
        policy = policy.changedTo(now, exporter);
        policyRead = true;
        if (exporter.isIn(now.networks())) return true;
        Problem elsewhere = ExportRefusals.address(exporter.resource(), exporter.from());
        if (policy.observes()) {
            observe(elsewhere.code());
            return true;
        }
        problem = elsewhere;
        return false;
    }

    private void observe(String code) {
        if (observed == null) observed = code;
    }

    /** How far the sum may rise without any question, up to what is wanted; 0 where nothing may leave without. */
    long covered(ExportLimit.Unit unit, long total) {
        if (lease.isOver()) return 0;
        long ready = unit == ExportLimit.Unit.BYTES ? readyBytes : readyRecords;
        return Math.min(total - unit.of(start), ready) + unit.of(start);
    }

    /**
     * How far a sum may rise, up to what is wanted: not at all when a limit is in the way, which {@link #problem} names.
     *
     * @param taken what has been taken before
     * @param total what of the unit shall be taken
     */
    long raise(ExportLimit.Unit unit, Amount taken, long total) throws Unavailable {
        long reached = raiseOwn(unit, taken.minus(start), total - unit.of(start));
        observe(unit, reached);
        prepare();
        return unit.of(start) + reached;
    }

    private long raiseOwn(ExportLimit.Unit unit, Amount taken, long total) throws Unavailable {
        long had = unit.of(taken);
        while (true) {
            long ceiling = ofResponse(unit, total);
            if (ceiling <= had) return had;
            long reach = lease.isOver() ? had : Math.min(reach(unit), ceiling);
            if (reach > had) return reach;
            Amount next = taken.with(ExportLimit.Unit.BYTES, taken.bytes() + 1); // a record has some
            Amount needed = next.max(taken.with(unit, had + 1)).max(reserved);
            if (!readPolicy() || !renew(taken, needed, needed.max(taken.with(unit, ceiling)))) return had;
        }
    }

    /** Whether both sums may rise so far, by one lease that holds all of it; {@link #problem} names the limit in the way. */
    boolean raise(Amount taken, Amount total) throws Unavailable {
        Amount own = total.minus(start);
        boolean raised = raiseOwn(taken.minus(start), own);
        if (raised) {
            observe(ExportLimit.Unit.BYTES, own.bytes());
            observe(ExportLimit.Unit.RECORDS, own.records());
        }
        prepare();
        return raised;
    }

    private boolean raiseOwn(Amount taken, Amount total) throws Unavailable {
        if (total.minus(taken).isNone()) return true;
        while (true) {
            for (ExportLimit.Unit unit : UNITS) {
                if (ofResponse(unit, unit.of(total)) < unit.of(total)) return false;
            }
            boolean reached = reach(ExportLimit.Unit.BYTES) >= total.bytes()
                    && reach(ExportLimit.Unit.RECORDS) >= total.records();
            if (reached && !lease.isOver()) return true;
            Amount needed = total.max(reserved);
            if (!readPolicy() || !renew(taken, needed, needed)) return false;
        }
    }

    private void observe(ExportLimit.Unit unit, long reached) {
        if (policy.observes() && reached > policy.room(unit)) observe(Problem.EXPORT_LIMIT_EXCEEDED);
    }

    /** The total that limits per response leave. */
    private long ofResponse(ExportLimit.Unit unit, long total) {
        ExportLimit broken = policy.brokenPerResponse(unit, total);
        if (broken == null) return total;
        if (policy.observes()) {
            observe(Problem.EXPORT_LIMIT_EXCEEDED);
            return total;
        }
        problem = ExportRefusals.response(exporter.resource(), broken, total);
        return broken.max();
    }

    /** Bytes that no limit per window counts end at the lease all the same: the policy is read again then. */
    private long reach(ExportLimit.Unit unit) {
        boolean ends = unit == ExportLimit.Unit.BYTES || policy.claims(unit);
        return ends ? lease.reach(unit) : Long.MAX_VALUE;
    }

    /** Notes how far the sums may rise without any question. */
    private void prepare() {
        readyBytes = ready(ExportLimit.Unit.BYTES);
        readyRecords = ready(ExportLimit.Unit.RECORDS);
    }

    private long ready(ExportLimit.Unit unit) {
        long reach = reach(unit);
        if (!policy.observes()) return Math.min(reach, policy.mostPerResponse(unit));
        if (observed != null) return reach; // the first break is told, later ones change nothing
        return Math.min(reach, Math.min(policy.mostPerResponse(unit), policy.room(unit)));
    }

    private boolean renew(Amount taken, Amount needed, Amount useful) throws Unavailable {
        LeaseAnswer answer = lease.renew(policy.claims(), taken, needed, useful);
        if (first.isEmpty()) first = answer.standings();
        if (policy.observes()) {
            policy = policy.standing(answer.standings(), lease.base());
            if (policy.isBroken(answer.standings(), needed.minus(lease.base()))) observe(Problem.EXPORT_LIMIT_EXCEEDED);
        }
        if (answer.lease() != null) return true;
        ExportStanding standing = answer.standings().get(answer.broken());
        ExportLimit.Unit unit = standing.claim().account().unit();
        long before = Math.max(0, standing.used() - unit.of(lease.base()));
        problem = ExportRefusals.window(exporter.resource(), standing, policy.limit(standing), before, unit.of(needed));
        return false;
    }

    /** What is reserved stays on lease, whatever is taken first. */
    void reserve(Amount total) {
        reserved = reserved.max(total.minus(start));
    }

    /** The first byte is about to leave. */
    void leave() {
        lease.leave();
    }

    /** What was taken has not left and never will, also what was before this resource. */
    void rewind() {
        start = Amount.NONE;
    }

    /** From now on, what has been taken before does not count here: another resource counted it. */
    void startAt(Amount taken) {
        start = taken;
    }

    /** What stopped the response last. */
    @Nullable Problem problem() {
        return problem;
    }

    /**
     * The response's limits as they stood before it.
     *
     * @param suffix of their names, where another resource in the response has limits of the same names
     */
    RateLimitFields fields(String suffix) {
        return RateLimitFields.of(policy.policy(), first, suffix);
    }

    /**
     * Whether all that was taken may leave now, where nothing has left: when a window has ended since, it is leased in the one
     * that runs.
     */
    boolean mayLeave(Amount taken) throws Unavailable {
        Amount own = taken.minus(start);
        return !lease.isLate() || (readPolicy() && renew(own, own, own));
    }

    /** Settles; what was observed too late to be seen before is seen now. */
    void settle(Amount taken) throws Unavailable {
        Amount own = taken.minus(start);
        if (!policy.observes() || observed != null) {
            lease.settle(own);
        } else if (policy.isBroken(lease.settleAndLook(policy.claims(), own), Amount.NONE)) {
            observe(Problem.EXPORT_LIMIT_EXCEEDED);
        }
    }

    /**
     * Tells what became of the response.
     *
     * @param taken what of it left
     * @param stop what stopped it, here or in another resource's quota; null: it is whole
     */
    void tell(Amount taken, @Nullable Problem stop) {
        AuditOutcome how;
        if (stop == null) how = observed == null ? AuditOutcome.SUCCESS : AuditOutcome.OBSERVED;
        else how = stop.code().equals(Problem.UNAVAILABLE) ? AuditOutcome.UNAVAILABLE : AuditOutcome.REFUSED;
        exports.ended(new ExportOutcome(
                exporter.token(),
                exporter.resource(),
                policyRead ? policy.policy() : null,
                exporter.from(),
                taken.minus(start),
                how,
                stop == null ? observed : stop.code()));
    }
}
