package dev.scopegate.export;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.token.AccessToken;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The export limits of one application: where its policies and its ledger are, and how responses are metered. Immutable and
 * safe for any number of threads.
 */
public final class Exports {
    private final ExportPolicyStore policies;
    private final ExportLedger ledger;
    private final ExportOptions options;
    private final Consumer<? super ExportOutcome> listener;
    private final LongSupplier nanoTime;
    private final ExportTally tally = new ExportTally();
    private final TimedLedger calls;

    /**
     * The limits over these stores.
     *
     * @param listener told of each response when it has ended; must be quick and not throw
     */
    public Exports(
            ExportPolicyStore policies,
            ExportLedger ledger,
            ExportOptions options,
            Consumer<? super ExportOutcome> listener) {
        this(policies, ledger, options, listener, System::nanoTime);
    }

    /** The same with a clock that measures how long leases are valid. */
    Exports(
            ExportPolicyStore policies,
            ExportLedger ledger,
            ExportOptions options,
            Consumer<? super ExportOutcome> listener,
            LongSupplier nanoTime) {
        this.policies = policies;
        this.ledger = ledger;
        this.options = options;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.calls = new TimedLedger(ledger);
    }

    public ExportPolicyStore policies() {
        return policies;
    }

    public ExportLedger ledger() {
        return ledger;
    }

    public ExportOptions options() {
        return options;
    }

    /** What has left and been refused since the start, and how the ledger answered. */
    public ExportStats stats() {
        return tally.stats(calls.leases(), calls.settlements());
    }

    /** The ledger, timed. */
    ExportLedger calls() {
        return calls;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** A response has ended. */
    void ended(ExportOutcome outcome) {
        tally.count(outcome);
        listener.accept(outcome);
    }

    /**
     * Begins a limited response: its policy is read, the client's address checked, the first quota leased.
     *
     * @param token whose export it is
     * @param resource the canonical name
     * @param from the client's address
     * @param head whether the request is a HEAD, which is refused like a GET but counts nothing
     * @throws AccessDenied when the policy lets nothing out to this client now
     */
    public ExportMeter open(AccessToken token, String resource, ClientAddress from, boolean head)
            throws AccessDenied, Unavailable {
        Quota quota = new Quota(this, new Exporter(token, resource, from), head);
        quota.open();
        return new ExportMeter(quota, head);
    }

    /** The policy that holds for a resource now. */
    @Nullable ExportPolicy policy(String resource) throws Unavailable {
        ExportPolicy policy = policies.find(resource);
        return policy == null && options.allowWithoutPolicy() ? ExportPolicy.UNLIMITED : policy;
    }
}
