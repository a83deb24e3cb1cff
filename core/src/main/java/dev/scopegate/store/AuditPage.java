package dev.scopegate.store;

import dev.scopegate.event.AuditEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of events, the newest first. What is added or removed between two pages moves nothing from the one to the
 * other.
 *
 * @param next the id of this page's last event, after which the next one begins; null: this is the last page
 */
public record AuditPage(List<AuditEvent> events, @Nullable String next) {
    public AuditPage {
        events = List.copyOf(events);
    }

    /**
     * A page of at most {@code size} events.
     *
     * @param found as many as there are from the page's beginning on, one more than the page takes at most
     */
    public static AuditPage of(List<AuditEvent> found, int size) {
        if (found.size() <= size) return new AuditPage(found, null);
        return new AuditPage(found.subList(0, size), found.get(size - 1).id());
    }
}
