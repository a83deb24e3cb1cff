package dev.scopegate.store.redis;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.AuditLog;
import dev.scopegate.store.AuditPage;
import dev.scopegate.store.AuditQuery;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScoredValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sorted list of members {@code id NUL event}: the order of texts is that of ids, and so of time. A page walks from the page
 * before on, in strides, and past what does not fit.
 */
record RedisAuditLog(Line line, Keys keys) implements AuditLog {
    private static final int STRIDE = 1_000;

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, which the command wants
    public void append(List<AuditEvent> events) throws Unavailable {
        if (events.isEmpty()) return;
        ScoredValue<String>[] members = new ScoredValue[events.size()];
        for (int i = 0; i < members.length; i++) members[i] = ScoredValue.just(0, AuditText.write(events.get(i)));
        var unused = line.run(commands -> commands.zadd(keys.audit(), members));
    }

    @Override
    public AuditPage page(AuditQuery query, @Nullable String before, int size) throws Unavailable {
        boolean hasHoles = query.type() != null || query.actor() != null || query.tokenId() != null;
        int stride = hasHoles ? STRIDE : Math.min(STRIDE, size + 1);
        String lowest = query.lowestId();
        Boundary<String> from = lowest == null ? Boundary.unbounded() : Boundary.including(lowest);
        String below = query.idsBelow(before);
        List<AuditEvent> found = new ArrayList<>();
        while (true) {
            Range<String> range = Range.from(from, below == null ? Boundary.unbounded() : Boundary.excluding(below));
            List<String> members =
                    line.run(commands -> commands.zrevrangebylex(keys.audit(), range, Limit.from(stride)));
            for (String member : members) {
                AuditEvent event = AuditText.read(member);
                if (query.matches(event)) found.add(event);
                if (found.size() > size) return AuditPage.of(found, size);
                below = event.id();
            }
            if (members.size() < stride) return AuditPage.of(found, size);
        }
    }

    @Override
    public int purge(Instant before, int most) throws Unavailable {
        Range<String> old =
                Range.from(Boundary.unbounded(), Boundary.excluding(AuditEvent.firstIdAt(before.toEpochMilli())));
        List<String> oldest = line.run(commands -> commands.zrangebylex(keys.audit(), old, Limit.from(most)));
        if (oldest.isEmpty()) return 0;
        Range<String> these = Range.from(Boundary.unbounded(), Boundary.including(oldest.get(oldest.size() - 1)));
        return Math.toIntExact(line.run(commands -> commands.zremrangebylex(keys.audit(), these)));
    }
}
