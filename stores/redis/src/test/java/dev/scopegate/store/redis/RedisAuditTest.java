package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.NodeLocks;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.AuditLogContract;
import dev.scopegate.testkit.NodeLocksContract;
import dev.scopegate.testkit.UpkeepContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events and locks in one server, as several nodes see them. */
class RedisAuditTest {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    private final List<RedisTokenStore> nodes = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes");
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    private RedisTokenStore node() {
        RedisTokenStore node = Stores.open("redis-url", redis.url());
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(RedisTokenStore::close);
    }

    @Nested
    class Log extends AuditLogContract {
        @Override
        protected AuditLog node() {
            return RedisAuditTest.this.node().auditLog();
        }

        @Test
        void aFewAmongManyAreFoundOverSeveralStrides() throws Exception {
            AuditLog log = node();
            List<AuditEvent> rare = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                List<AuditEvent> events = new ArrayList<>();
                for (int i = 0; i < 600; i++) {
                    events.add(AuditEvent.of(AuditType.TOKEN_USED, NOW.toEpochMilli() + round)
                            .actor(i == 300 ? "eve" : "ada")
                            .build());
                }
                log.append(events);
                rare.add(0, events.get(300));
            }

            AuditPage first = log.page(AuditQuery.ALL.actor("eve"), null, 2);

            assertThat(first.events()).isEqualTo(rare.subList(0, 2));
            assertThat(log.page(AuditQuery.ALL.actor("eve"), first.next(), 3))
                    .isEqualTo(new AuditPage(rare.subList(2, 5), null));
        }
    }

    @Nested
    class Locks extends NodeLocksContract {
        @Override
        protected NodeLocks node() {
            return RedisAuditTest.this.node().nodeLocks();
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        protected TokenRepository node() {
            return Stores.open("redis-url", redis.url()); // closed with what runs on it
        }
    }
}
