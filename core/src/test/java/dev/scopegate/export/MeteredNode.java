package dev.scopegate.export;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Subject;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.SwitchedLedger;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Exports over a ledger in memory whose clock a test sets, and which it can take away. */
final class MeteredNode {
    static final String RESOURCE = "dataset:a";
    static final Instant START = Instant.parse("2026-03-04T23:59:00Z");

    final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    final List<ExportOutcome> outcomes = new CopyOnWriteArrayList<>();
    final Exports exports;

    private final SetClock clock = new SetClock(START);

    final SwitchedLedger ledger = new SwitchedLedger(clock);

    MeteredNode(long leaseBytes, long leaseRecords) {
        this(new ExportOptions(false, 0, leaseBytes, leaseRecords, Duration.ZERO));
    }

    MeteredNode(ExportOptions options) {
        exports = new Exports(policies, ledger, options, outcomes::add, clock::nanoTime);
    }

    /** A node's clock and the ledger's go on. */
    void pass(Duration time) {
        clock.pass(time);
    }

    /** The ledger answers so often, then no more. */
    void answerOnly(int often) {
        ledger.answerOnly(often);
    }

    void limit(ExportLimit... limits) {
        policies.put(RESOURCE, new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limits)));
    }

    void observe(ExportLimit... limits) {
        policies.put(RESOURCE, new ExportPolicy(ExportPolicy.Mode.OBSERVE, List.of(), List.of(limits)));
    }

    static ExportLimit limit(Unit unit, Per per, long max) {
        return new ExportLimit(unit, per, max, Subject.OWNER);
    }

    static AccessToken token() {
        return AccessToken.builder(TokenKind.PERSONAL, "token1", "t", "ada").build();
    }

    ExportMeter open() throws AccessDenied, Unavailable {
        return open(RESOURCE, false);
    }

    ExportMeter head() throws AccessDenied, Unavailable {
        return open(RESOURCE, true);
    }

    ExportMeter open(String resource, boolean head) throws AccessDenied, Unavailable {
        return exports.open(token(), resource, ClientAddress.UNKNOWN, head);
    }

    /** A response that sends so many bytes; how many it was allowed. */
    long deliver(int bytes) throws AccessDenied, Unavailable {
        ExportMeter meter = open();
        meter.leave();
        long taken = meter.take(new byte[bytes], 0, bytes);
        finish(meter);
        return taken;
    }

    /** Ends a response; the code of what stopped it. */
    static @Nullable String finish(ExportMeter meter) {
        try {
            meter.finish();
            return meter.stopped() == null ? null : meter.stopped().code();
        } catch (ExportStopped e) {
            return e.problem().code();
        }
    }

    ExportStanding standing(Unit unit, Per per) {
        ExportAccount account = new ExportAccount(RESOURCE, Subject.OWNER, "ada", "ada", unit, per);
        return ledger.kept()
                .standings(List.of(new ExportClaim(account, Long.MAX_VALUE)))
                .get(0);
    }

    ExportOutcome outcome() {
        return outcomes.get(outcomes.size() - 1);
    }
}
