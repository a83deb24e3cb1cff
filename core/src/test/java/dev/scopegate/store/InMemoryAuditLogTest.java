package dev.scopegate.store;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.testkit.AuditLogContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAuditLogTest extends AuditLogContract {
    private final AuditLog log = new InMemoryAuditLog(1_000);

    @Override
    protected AuditLog node() {
        return log;
    }

    @Test
    void whenItIsFullTheOldestGo() throws Exception {
        AuditLog small = new InMemoryAuditLog(2);
        AuditEvent[] events = new AuditEvent[3];
        for (int i = 0; i < 3; i++) {
            events[i] = AuditEvent.of(AuditType.LOGIN, NOW.toEpochMilli() + i).build();
        }
        small.append(List.of(events));

        assertThat(small.page(AuditQuery.ALL, null, 9).events()).containsExactly(events[2], events[1]);
    }
}
