package dev.scopegate.testkit;

import dev.scopegate.store.AuditLog;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Events and locks in one place that nodes share, as several of them see them. */
public abstract class SharedAuditContract {
    private final List<TokenRepository> nodes = new ArrayList<>();

    /** One more node there. */
    protected abstract TokenRepository open() throws Exception;

    /** One more node there, closed after the test. */
    protected final TokenRepository another() throws Exception {
        TokenRepository node = open();
        nodes.add(node);
        return node;
    }

    @AfterEach
    final void close() {
        nodes.forEach(TokenRepository::close);
    }

    @Nested
    class Log extends AuditLogContract {
        @Override
        protected AuditLog node() throws Exception {
            return Objects.requireNonNull(another().auditLog());
        }
    }

    @Nested
    class Locks extends NodeLocksContract {
        @Override
        protected NodeLocks node() throws Exception {
            return Objects.requireNonNull(another().nodeLocks());
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
