package dev.scopegate.servlet;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportOutcome;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.net.Network;
import dev.scopegate.testkit.SwitchedLedger;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Limits over a ledger that a test can take away, on a resource that every limited servlet of a test gives out. */
final class ExportFixture {
    static final String RESOURCE = "dataset:a";
    static final int HOLD = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    final List<ExportOutcome> outcomes = new CopyOnWriteArrayList<>();
    final SwitchedLedger ledger = new SwitchedLedger(Clock.systemUTC());
    final Exports exports;

    ExportFixture() {
        this(new ExportOptions(false, HOLD, 500, 10, Duration.ofMillis(50)));
    }

    ExportFixture(ExportOptions options) {
        exports = new Exports(policies, ledger, options, this::note);
    }

    private synchronized void note(ExportOutcome outcome) {
        outcomes.add(outcome);
        notifyAll();
    }

    /** Waits until so many responses have ended, which may be after the client has got them. */
    synchronized void awaitOutcomes(int number) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (outcomes.size() < number) {
            long left = deadline - System.nanoTime();
            if (left <= 0) throw new AssertionError(number + " responses have not ended, but " + outcomes);
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** What a limited servlet does. */
    @ExportLimited(RESOURCE)
    static final class Limited extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Servlets.Doing.Action action;

        Limited(Servlets.Doing.Action action) {
            this.action = action;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            action.run(request, response);
        }
    }

    /** Begins a new ledger page: the policy gets a window limit of this size for the token's owner. */
    void limit(ExportLimit.Unit unit, ExportLimit.Per per, long max) {
        policies.put(
                RESOURCE,
                new ExportPolicy(
                        ExportPolicy.Mode.ENFORCE,
                        List.of(),
                        List.of(new ExportLimit(unit, per, max, ExportLimit.Subject.TOKEN))));
    }

    void networks(String... networks) {
        policies.put(
                RESOURCE,
                new ExportPolicy(
                        ExportPolicy.Mode.ENFORCE,
                        List.of(networks).stream().map(Network::parse).toList(),
                        List.of()));
    }

    /** What a token has used of its limit. */
    ExportStanding standing(String tokenId, ExportLimit.Unit unit, ExportLimit.Per per) {
        ExportAccount account = new ExportAccount(RESOURCE, ExportLimit.Subject.TOKEN, tokenId, "alice", unit, per);
        return ledger.kept()
                .standings(List.of(new ExportClaim(account, Long.MAX_VALUE)))
                .get(0);
    }
}
