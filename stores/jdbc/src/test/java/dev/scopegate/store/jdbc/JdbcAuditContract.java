package dev.scopegate.store.jdbc;

import dev.scopegate.store.AuditLog;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.AuditLogContract;
import dev.scopegate.testkit.NodeLocksContract;
import dev.scopegate.testkit.UpkeepContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Events and locks in one database, as several nodes see them. */
abstract class JdbcAuditContract {
    private final List<JdbcTokenStore> nodes = new ArrayList<>();

    /** One more node on the database. */
    abstract JdbcTokenStore open() throws Exception;

    private JdbcTokenStore node() throws Exception {
        JdbcTokenStore node = open();
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(JdbcTokenStore::close);
    }

    @Nested
    class Log extends AuditLogContract {
        @Override
        protected AuditLog node() throws Exception {
            return JdbcAuditContract.this.node().auditLog();
        }
    }

    @Nested
    class Locks extends NodeLocksContract {
        @Override
        protected NodeLocks node() throws Exception {
            return JdbcAuditContract.this.node().nodeLocks();
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        protected TokenRepository node() throws Exception {
            return open(); // closed with what runs on it
        }
    }
}
