package dev.scopegate.store.jdbc;

import dev.scopegate.store.GrantRepository;
import dev.scopegate.store.KeyRing;
import dev.scopegate.testkit.GrantRepositoryContract;
import dev.scopegate.testkit.KeyRingContract;
import dev.scopegate.testkit.SharedExportContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Exports, grants and signing keys in one database, as several nodes see them. */
abstract class JdbcExportContract extends SharedExportContract<JdbcTokenStore> {
    abstract String url() throws Exception;

    abstract String user();

    void execute(String sql) throws Exception {
        Databases.execute(url(), user(), sql);
    }

    /** One whose own clock shows another time. */
    JdbcTokenStore node(Duration ahead) throws Exception {
        return closedAfterwards(Databases.open(url(), user(), "", Clock.offset(Clock.systemUTC(), ahead)));
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
}
