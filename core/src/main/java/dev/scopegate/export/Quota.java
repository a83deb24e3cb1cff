package dev.scopegate.export;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one resource's policy leaves to one response. For one thread at a time. */
final class Quota {
    private static final int DOUBLED = 64;
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Exports exports;
    private final Exporter exporter;
    private final boolean head;

    private ExportPolicy policy = ExportPolicy.UNLIMITED;
    private List<ExportClaim> claims = List.of();
    private List<ExportStanding> first = List.of();
    private final List<ExportLease> open = new ArrayList<>(1);
    private Amount onLease = Amount.NONE;
    private boolean left;
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
            long missing = ceiling - (left || isOver() ? unit.of(taken) : have(unit));
            if (!renewed(taken, unit, missing, exactly ? missing : 1)) return unit.of(taken);
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

    /** The total that the open leases let out. */
    private long have(ExportLimit.Unit unit) {
        return unit.of(base) + unit.of(onLease);
    }

    private boolean isOver() {
        return expires && System.nanoTime() - deadline >= 0;
    }

    /** Reads the policy again, so that a change of it holds for responses on their way, and leases anew. */
    private boolean renewed(Amount taken, ExportLimit.Unit unit, long wanted, long needed) throws Unavailable {
        ExportPolicy before = policy;
        boolean allowed = readPolicy();
        if (!allowed || !before.equals(policy)) giveBack(taken);
        if (!allowed) return false;
        if (!claims(unit)) {
            giveBack(taken);
            return true;
        }
        return renew(
                taken, unit == ExportLimit.Unit.BYTES ? new Amount(needed, 0) : new Amount(0, needed), wanted, unit);
    }

    private boolean renew(Amount taken, Amount least) throws Unavailable {
        return renew(taken, least, 1, ExportLimit.Unit.BYTES);
    }

    private boolean renew(Amount taken, Amount least, long wanted, ExportLimit.Unit unit) throws Unavailable {
        ExportOptions options = exports.options();
        Amount useful = new Amount(
                Math.max(usual(options.leaseBytes(), onLease.bytes()), unit == ExportLimit.Unit.BYTES ? wanted : 0),
                Math.max(
                        usual(options.leaseRecords(), onLease.records()),
                        unit == ExportLimit.Unit.RECORDS ? wanted : 0));
        long start = System.nanoTime();
        for (long pause = SHORT.toNanos(); ; pause *= 2) {
            long asked = System.nanoTime();
            LeaseAnswer answer = ask(taken, useful, least);
            if (first.isEmpty()) first = answer.standings();
            if (policy.mode() == ExportPolicy.Mode.OBSERVE) observe(answer, taken, least);
            ExportLease lease = answer.lease();
            if (lease != null) {
                keep(lease, asked);
                return true;
            }
            long patience = options.patience().toNanos() - (System.nanoTime() - start);
            if (patience <= 0 || !answer.mayComeBack(least, onLease)) return refuse(answer, least);
            LockSupport.parkNanos(Math.min(pause, patience)); // other nodes cannot wake this one
        }
    }

    /** While nothing leaves, leases double, so that a long body that waits for its end has few. */
    private long usual(long option, long leased) {
        return left ? option : Math.max(option, Math.min(leased, option * DOUBLED));
    }

    private void keep(ExportLease lease, long asked) {
        open.add(lease);
        onLease = new Amount(
                onLease.bytes() + lease.granted().bytes(),
                onLease.records() + lease.granted().records());
        Duration validFor = lease.validFor();
        if (validFor == null) return;
        long until = asked + validFor.toNanos();
        if (!expires || until - deadline < 0) deadline = until;
        expires = true;
    }

    /**
     * One call of the ledger. While nothing has left, earlier leases stay open, since a refusal gives all of them back; then
     * they are settled. One that the ledger was told of is not settled again, whatever becomes of the call.
     */
    private LeaseAnswer ask(Amount taken, Amount useful, Amount least) throws Unavailable {
        if (!left && !isOver()) return exports.ledger().lease(claims, useful, least, null, Amount.NONE);
        Amount used = since(taken);
        ExportLease last = open.isEmpty() ? null : open.get(open.size() - 1);
        List<ExportLease> earlier = last == null ? List.of() : List.copyOf(open.subList(0, open.size() - 1));
        open.clear();
        onLease = Amount.NONE;
        base = taken;
        expires = false;
        return exports.ledger().lease(claims, useful, least, last, settle(earlier, used));
    }

    /** Settles leases in the order in which they were used up; answers what is left to settle with later ones. */
    private Amount settle(List<ExportLease> leases, Amount used) throws Unavailable {
        Amount rest = used;
        for (ExportLease lease : leases) {
            Amount part = new Amount(
                    Math.min(rest.bytes(), lease.granted().bytes()),
                    Math.min(rest.records(), lease.granted().records()));
            exports.ledger().settle(lease, part);
            rest = new Amount(rest.bytes() - part.bytes(), rest.records() - part.records());
        }
        return rest;
    }

    /** What was taken of the open leases; nothing where it was taken back. */
    private Amount since(Amount taken) {
        return new Amount(Math.max(0, taken.bytes() - base.bytes()), Math.max(0, taken.records() - base.records()));
    }

    private boolean refuse(LeaseAnswer answer, Amount least) {
        ExportStanding standing = answer.standings().get(answer.broken());
        ExportLimit.Unit unit = standing.claim().account().unit();
        long before = Math.max(0, standing.used() - unit.of(base));
        problem = refusal(standing, before, have(unit) + unit.of(least));
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
        Amount used = since(taken);
        List<ExportLease> leases = List.copyOf(open);
        open.clear();
        onLease = Amount.NONE;
        base = taken;
        expires = false;
        Amount unused = settle(leases, used);
    }

    /** The first byte is about to leave. */
    void leave() {
        left = true;
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
