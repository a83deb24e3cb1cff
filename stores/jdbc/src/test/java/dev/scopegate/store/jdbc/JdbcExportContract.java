package dev.scopegate.store.jdbc;

import dev.scopegate.export.ExportLedger;
import dev.scopegate.export.ExportPolicyStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.KeyRing;
import dev.scopegate.testkit.ExportHistory;
import dev.scopegate.testkit.ExportHistoryContract;
import dev.scopegate.testkit.ExportLedgerContract;
import dev.scopegate.testkit.ExportPolicyStoreContract;
import dev.scopegate.testkit.GrantRepositoryContract;
import dev.scopegate.testkit.KeyRingContract;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Exports, grants and signing keys in one database, as several nodes see them. */
abstract class JdbcExportContract {
    private final List<JdbcTokenStore> nodes = new ArrayList<>();

    /** One more node on the database. */
    abstract JdbcTokenStore open() throws Exception;

    abstract String url() throws Exception;

    abstract String user();

    void execute(String sql) throws Exception {
        Databases.execute(url(), user(), sql);
    }

    synchronized JdbcTokenStore node() throws Exception {
        JdbcTokenStore node = open();
        nodes.add(node);
        return node;
    }

    /** One whose own clock shows another time. */
    synchronized JdbcTokenStore node(Duration ahead) throws Exception {
        JdbcTokenStore node = Databases.open(url(), user(), "", Clock.offset(Clock.systemUTC(), ahead));
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(JdbcTokenStore::close);
    }

    @Nested
    class Ledger extends ExportLedgerContract {
        @Override
        protected ExportLedger node() throws Exception {
            return JdbcExportContract.this.node().exportLedger();
        }
    }

    @Nested
    class Windows extends JdbcWindowContract {
        @Override
        JdbcExportLedger node(Duration ahead) throws Exception {
            return (JdbcExportLedger) JdbcExportContract.this.node(ahead).exportLedger();
        }

        @Override
        void execute(String sql) throws Exception {
            JdbcExportContract.this.execute(sql);
        }

        @Override
        long number(String sql) throws Exception {
            return Databases.number(url(), user(), sql);
        }
    }

    @Nested
    class Keys extends KeyRingContract {
        @BeforeEach
        void removeAll() throws Exception {
            node(); // makes the tables
            execute("update scopegate_key_ring set version = 0, content = ''");
        }

        @Override
        protected KeyRing node() throws Exception {
            return JdbcExportContract.this.node().keyRing();
        }
    }

    @Nested
    class Grants extends GrantRepositoryContract {
        @Override
        protected GrantRepository node() throws Exception {
            return JdbcExportContract.this.node().grants();
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
            return JdbcExportContract.this.node().exportPolicies();
        }
    }

    @Nested
    class History extends ExportHistoryContract {
        @Override
        protected ExportHistory.Place node() throws Exception {
            JdbcTokenStore node = JdbcExportContract.this.node();
            return new ExportHistory.Place(node.exportLedger(), node.exportPolicies());
        }

        @Override
        protected int histories() {
            return 6;
        }
    }
}
