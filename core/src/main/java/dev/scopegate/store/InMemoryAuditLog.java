package dev.scopegate.store;

import dev.scopegate.event.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last events of this process, which end with it: for one node that needs no more, and for tests. */
public final class InMemoryAuditLog implements AuditLog {
    private final NavigableMap<String, AuditEvent> byId = new TreeMap<>();
    private final int most;

    /**
     * An empty log.
     *
     * @param most how many events it holds; the oldest go first
     */
    public InMemoryAuditLog(int most) {
        if (most < 1) throw new IllegalArgumentException("a log holds at least one event");
        this.most = most;
    }

    @Override
    public synchronized void append(List<AuditEvent> events) {
        for (AuditEvent event : events) byId.putIfAbsent(event.id(), event);
        while (byId.size() > most) byId.pollFirstEntry();
    }

    @Override
    public synchronized AuditPage page(AuditQuery query, @Nullable String before, int size) {
        String below = query.idsBelow(before);
        NavigableMap<String, AuditEvent> earlier = below == null ? byId : byId.headMap(below, false);
        String lowest = query.lowestId();
        List<AuditEvent> found = new ArrayList<>();
        for (AuditEvent event : earlier.descendingMap().values()) {
            if (found.size() > size || (lowest != null && event.id().compareTo(lowest) < 0)) break;
            if (query.matches(event)) found.add(event);
        }
        return AuditPage.of(found, size);
    }

    @Override
    public synchronized int purge(Instant before, int most) {
        String below = AuditEvent.firstIdAt(before.toEpochMilli());
        int removed = 0;
        while (removed < most && !byId.isEmpty() && byId.firstKey().compareTo(below) < 0) {
            byId.pollFirstEntry();
            removed++;
        }
        return removed;
    }
}
