package dev.scopegate.store.redis;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.SharedAuditContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisAuditTest extends SharedAuditContract {
    @TempDir
    private static Path folder;

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(folder, "appendonly yes");
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @Override
    protected TokenRepository open() {
        return Stores.open("redis-url", redis.url());
    }

    @Test
    void aFewAmongManyAreFoundOverSeveralStrides() throws Exception {
        AuditLog log = Objects.requireNonNull(another().auditLog());
        List<AuditEvent> rare = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<AuditEvent> events = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                events.add(AuditEvent.of(AuditType.TOKEN_USED, NOW.toEpochMilli() + round)
                        .actor(i == 300 ? "rare" : "ada")
                        .build());
            }
            log.append(events);
            rare.add(0, events.get(300));
        }

        AuditPage first = log.page(AuditQuery.ALL.actor("rare"), null, 2);

        assertThat(first.events()).isEqualTo(rare.subList(0, 2));
        assertThat(log.page(AuditQuery.ALL.actor("rare"), first.next(), 3))
                .isEqualTo(new AuditPage(rare.subList(2, 5), null));
    }
}
