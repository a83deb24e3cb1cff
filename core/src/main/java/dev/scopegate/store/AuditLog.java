package dev.scopegate.store;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.problem.Unavailable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, kept: events are added and, long afterwards, removed together, never changed. Safe for any number of threads.
 */
public interface AuditLog {
    /**
     * Adds events. One that is there already is not added again, so that a call that threw may be repeated: of that one, some
     * may have been added.
     */
    void append(List<AuditEvent> events) throws Unavailable;

    /**
     * One page of the events that fit, the newest first.
     *
     * @param before the id of the event after which the page begins, which need not be there any more; null: at the newest
     * @param size how many it holds at most; at least 1
     */
    AuditPage page(AuditQuery query, @Nullable String before, int size) throws Unavailable;

    /**
     * Removes events from before a moment, the oldest first.
     *
     * @param most how many at most
     * @return how many
     */
    int purge(Instant before, int most) throws Unavailable;
}
