package dev.scopegate.testkit;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Exports in one token store, as several nodes see them: the ledger, the policies, and both under faults. */
public abstract class SharedExportContract<S extends TokenStore> {
    private final List<S> nodes = new ArrayList<>();

    /** One more node on the same data. */
    protected abstract S open() throws Exception;

    /** The same, closed after the test. */
    protected synchronized S node() throws Exception {
        return closedAfterwards(open());
    }

    protected synchronized S closedAfterwards(S node) {
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(TokenStore::close);
    }

    @Nested
    class Ledger extends ExportLedgerContract {
        @Override
        protected ExportLedger node() throws Exception {
            return Objects.requireNonNull(SharedExportContract.this.node().exportLedger());
        }
    }

    @Nested
    class Policies extends ExportPolicyStoreContract {
        @BeforeEach
        void removeAll() throws Exception {
            ExportPolicyStore policies = node();
            for (String resource : policies.all().keySet()) remove(policies, resource);
        }

        private static void remove(ExportPolicyStore policies, String resource) throws Unavailable {
            boolean unused = policies.remove(resource);
        }

        @Override
        protected ExportPolicyStore node() throws Exception {
            return Objects.requireNonNull(SharedExportContract.this.node().exportPolicies());
        }
    }

    @Nested
    class History extends ExportHistoryContract {
        @Override
        protected ExportHistory.Place node() throws Exception {
            S node = SharedExportContract.this.node();
            return new ExportHistory.Place(
                    Objects.requireNonNull(node.exportLedger()), Objects.requireNonNull(node.exportPolicies()));
        }

        @Override
        protected int histories() {
            return 6;
        }
    }
}
