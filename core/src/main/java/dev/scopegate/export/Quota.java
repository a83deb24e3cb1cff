package dev.scopegate.export;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one resource's policy leaves to one response. For one thread at a time. */
final class Quota {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Exports exports;
    private final Exporter exporter;
    private final boolean head;

    private ExportPolicy policy = ExportPolicy.UNLIMITED;
    private List<ExportClaim> claims = List.of();
    private List<ExportStanding> first = List.of();
    private @Nullable ExportLease lease;
    private Amount base = Amount.NONE;
    private long deadline;
    private boolean expires;
    private @Nullable Problem problem;
    private @Nullable String observed;
    private boolean closed;

    Quota(Exports exports, Exporter exporter, boolean head) {
        this.exports = exports;
        this.exporter = exporter;
        this.head = head;
    }

    String resource() {
        return exporter.resource();
    }

    /** Lets the response begin, or throws why not. */
    void open() throws AccessDenied, Unavailable {
        if (readPolicy()) {
            if (head) first = exports.ledger().standings(claims);
            if (head ? isLeft(1, 1) : claims.isEmpty() || renew(Amount.NONE, new Amount(1, 1))) return;
        }
        tell(Amount.NONE);
        throw new AccessDenied(Objects.requireNonNull(problem));
    }

    private boolean readPolicy() throws Unavailable {
        ExportPolicy now = exports.policy(resource());
        if (now == null) {
            problem = Problem.permissionDenied();
            return false;
        }
        if (!now.equals(policy)) {
            policy = now;
            claims = exporter.claims(now);
        }
        if (exporter.isIn(now.networks())) return true;
        Problem elsewhere = ExportRefusals.address(resource(), exporter.from());
        if (now.mode() == ExportPolicy.Mode.OBSERVE) {
            observe(elsewhere);
            return true;
        }
        problem = elsewhere;
        return false;
    }

    private void observe(Problem would) {
        if (observed == null) observed = would.code();
    }

    /** Whether accounts have so much left, for a HEAD, which leases nothing. */
    private boolean isLeft(long bytes, long records) {
        Amount least = new Amount(bytes, records);
        for (ExportStanding standing : first) {
            long needed = standing.claim().account().unit().of(least);
            if (standing.available() >= needed) continue;
            problem = refusal(standing, standing.used(), needed);
            return false;
        }
        return true;
    }

    /**
     * How much may have left in all, up to what is wanted: less when a limit is in the way, which {@link #problem} names.
     *
     * @param taken what has left before
     * @param total what of the unit shall have left
     * @param exactly whether less is of no use
     */
    long raise(ExportLimit.Unit unit, Amount taken, long total, boolean exactly) throws Unavailable {
        long ceiling = ofResponse(unit, total);
        if (ceiling < total && exactly) return unit.of(taken);
        if (head)
            return isLeft(needs(unit, total, ExportLimit.Unit.BYTES), needs(unit, total, ExportLimit.Unit.RECORDS))
                    ? ceiling
                    : unit.of(taken);
        if (!claims(unit)) return ceiling;
        while (ceiling > unit.of(taken) && (ceiling > have(unit) || isOver())) {
            if (have(unit) > unit.of(taken) && !isOver() && !exactly) return have(unit);
            long needed = exactly ? ceiling - unit.of(taken) : 1;
            if (!renewed(taken, unit, ceiling, needed)) return unit.of(taken);
        }
        return ceiling;
    }

    private static long needs(ExportLimit.Unit asked, long total, ExportLimit.Unit unit) {
        return asked == unit ? total : 0;
    }

    /** The total that limits per response leave. */
    private long ofResponse(ExportLimit.Unit unit, long total) {
        long ceiling = total;
        for (ExportLimit limit : policy.limits()) {
            if (limit.per() != ExportLimit.Per.RESPONSE || limit.unit() != unit || ceiling <= limit.max()) continue;
            Problem broken = ExportRefusals.response(resource(), limit, total);
            if (policy.mode() == ExportPolicy.Mode.OBSERVE) {
                observe(broken);
                continue;
            }
            problem = broken;
            ceiling = limit.max();
        }
        return ceiling;
    }

    private boolean claims(ExportLimit.Unit unit) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).account().unit() == unit) return true;
        }
        return false;
    }

    /** The total that the present lease lets out. */
    private long have(ExportLimit.Unit unit) {
        return unit.of(base) + (lease == null ? 0 : unit.of(lease.granted()));
    }

    private boolean isOver() {
        return expires && System.nanoTime() - deadline >= 0;
    }

    /** Reads the policy again, so that a change of it holds for responses on their way, and leases anew. */
    private boolean renewed(Amount taken, ExportLimit.Unit unit, long ceiling, long needed) throws Unavailable {
        if (!readPolicy()) {
            giveBack(taken);
            return false;
        }
        if (!claims(unit)) {
            giveBack(taken);
            return true;
        }
        long wanted = ceiling - unit.of(taken);
        return renew(
                taken, unit == ExportLimit.Unit.BYTES ? new Amount(needed, 0) : new Amount(0, needed), wanted, unit);
    }

    private boolean renew(Amount taken, Amount least) throws Unavailable {
        return renew(taken, least, 1, ExportLimit.Unit.BYTES);
    }

    private boolean renew(Amount taken, Amount least, long wanted, ExportLimit.Unit unit) throws Unavailable {
        ExportOptions options = exports.options();
        Amount useful = new Amount(
                Math.max(options.leaseBytes(), unit == ExportLimit.Unit.BYTES ? wanted : 0),
                Math.max(options.leaseRecords(), unit == ExportLimit.Unit.RECORDS ? wanted : 0));
        long start = System.nanoTime();
        for (long pause = SHORT.toNanos(); ; pause *= 2) {
            long asked = System.nanoTime();
            LeaseAnswer answer = ask(taken, useful, least);
            if (first.isEmpty()) first = answer.standings();
            if (policy.mode() == ExportPolicy.Mode.OBSERVE) observe(answer, taken, least);
            lease = answer.lease();
            if (lease != null) {
                Duration validFor = lease.validFor();
                expires = validFor != null;
                if (validFor != null) deadline = asked + validFor.toNanos();
                return true;
            }
            long left = options.patience().toNanos() - (System.nanoTime() - start);
            if (left <= 0 || !answer.mayComeBack(least)) return refuse(answer, taken, least);
            LockSupport.parkNanos(Math.min(pause, left)); // other nodes cannot wake this one
        }
    }

    /** One call of the ledger. A lease that it was told of is not settled again, whatever becomes of the call. */
    private LeaseAnswer ask(Amount taken, Amount useful, Amount least) throws Unavailable {
        ExportLease previous = lease;
        Amount used = since(taken);
        lease = null;
        base = taken;
        expires = false;
        return exports.ledger().lease(claims, useful, least, previous, used);
    }

    private Amount since(Amount taken) {
        return new Amount(taken.bytes() - base.bytes(), taken.records() - base.records());
    }

    private boolean refuse(LeaseAnswer answer, Amount taken, Amount least) {
        ExportStanding standing = answer.standings().get(answer.broken());
        ExportLimit.Unit unit = standing.claim().account().unit();
        long before = Math.max(0, standing.used() - unit.of(taken));
        problem = refusal(standing, before, unit.of(taken) + unit.of(least));
        return false;
    }

    private void observe(LeaseAnswer answer, Amount taken, Amount least) {
        for (ExportStanding standing : answer.standings()) {
            ExportLimit limit = limit(standing);
            if (limit.max() - standing.used() - standing.leased()
                    >= limit.unit().of(least)) continue;
            observe(refusal(
                    standing,
                    standing.used(),
                    limit.unit().of(taken) + limit.unit().of(least)));
        }
    }

    private Problem refusal(ExportStanding standing, long before, long requested) {
        return ExportRefusals.window(resource(), standing, limit(standing), before, requested);
    }

    /** The tightest limit that an account is claimed for. */
    private ExportLimit limit(ExportStanding standing) {
        ExportAccount account = standing.claim().account();
        ExportLimit tightest = null;
        for (ExportLimit limit : policy.limits()) {
            boolean same = limit.unit() == account.unit()
                    && limit.per() == account.per()
                    && limit.subject() == account.subject();
            if (same && (tightest == null || limit.max() < tightest.max())) tightest = limit;
        }
        return Objects.requireNonNull(tightest);
    }

    private void giveBack(Amount taken) throws Unavailable {
        ExportLease open = lease;
        Amount used = since(taken);
        lease = null;
        base = taken;
        expires = false;
        if (open != null) exports.ledger().settle(open, used);
    }

    /** What stopped the response last. */
    @Nullable Problem problem() {
        return problem;
    }

    /** The response's limits as they stood before it. */
    RateLimitFields fields() {
        return RateLimitFields.of(policy, first);
    }

    /** From now on, what has left before does not count here: another resource counted it. */
    void startAt(Amount taken) {
        base = taken;
    }

    /** Settles, once. */
    void close(Amount taken) throws Unavailable {
        if (closed) return;
        closed = true;
        try {
            giveBack(taken);
        } finally {
            tell(taken);
        }
    }

    private void tell(Amount left) {
        String code = problem == null ? observed : problem.code();
        exports.listener().accept(new ExportOutcome(exporter.token(), resource(), policy, exporter.from(), left, code));
    }
}
