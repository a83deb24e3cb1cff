package dev.scopegate.servlet;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportClaim;
import dev.scopegate.export.ExportLease;
import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportOutcome;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStanding;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.export.LeaseAnswer;
import dev.scopegate.net.Network;
import dev.scopegate.problem.Unavailable;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Limits over a ledger that a test can take away, on a resource that every limited servlet of a test gives out. */
final class ExportFixture {
    static final String RESOURCE = "dataset:a";
    static final int HOLD = 1_000;

    final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    final List<ExportOutcome> outcomes = new CopyOnWriteArrayList<>();
    final Switchable ledger = new Switchable();
    final Exports exports = new Exports(
            policies, ledger, new ExportOptions(false, HOLD, 500, 10, Duration.ofMillis(50)), outcomes::add);

    /** A ledger that answers for so many calls, then no more. */
    static final class Switchable implements ExportLedger {
        private final InMemoryExportLedger ledger = new InMemoryExportLedger(Clock.systemUTC());
        private final AtomicInteger answersLeft = new AtomicInteger();

        void answerOnly(int calls) {
            answersLeft.set(calls);
        }

        private void count() throws Unavailable {
            if (answersLeft.getAndDecrement() <= 0) throw new Unavailable("the ledger is down", null);
        }

        @Override
        public LeaseAnswer lease(
                List<ExportClaim> claims, Amount wanted, Amount least, @Nullable ExportLease previous, Amount used)
                throws Unavailable {
            count();
            return ledger.lease(claims, wanted, least, previous, used);
        }

        @Override
        public void settle(ExportLease lease, Amount used) throws Unavailable {
            count();
            ledger.settle(lease, used);
        }

        @Override
        public List<ExportStanding> standings(List<ExportClaim> claims) throws Unavailable {
            count();
            return ledger.standings(claims);
        }

        @Override
        public List<ExportStanding> usage(@Nullable String owner) throws Unavailable {
            count();
            return ledger.usage(owner);
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
        return ledger.ledger
                .standings(List.of(new ExportClaim(account, Long.MAX_VALUE)))
                .get(0);
    }
}
