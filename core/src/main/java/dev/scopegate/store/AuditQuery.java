package dev.scopegate.store;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events a list shows: those that fit everything given here. Immutable.
 *
 * @param type of which type; null: any
 * @param actor who did it; null: anybody, also one who is not known
 * @param tokenId with or to which token; null: any or none
 * @param since from this moment on; null: from the beginning
 * @param until before this moment; null: to the end
 */
public record AuditQuery(
        @Nullable AuditType type,
        @Nullable String actor,
        @Nullable String tokenId,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** Every event. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);

    public AuditQuery {
        actor = AuditEvent.kept(actor);
        tokenId = AuditEvent.kept(tokenId);
    }

    public AuditQuery type(@Nullable AuditType value) {
        return new AuditQuery(value, actor, tokenId, since, until);
    }

    public AuditQuery actor(@Nullable String value) {
        return new AuditQuery(type, value, tokenId, since, until);
    }

    public AuditQuery tokenId(@Nullable String value) {
        return new AuditQuery(type, actor, value, since, until);
    }

    public AuditQuery since(@Nullable Instant value) {
        return new AuditQuery(type, actor, tokenId, value, until);
    }

    public AuditQuery until(@Nullable Instant value) {
        return new AuditQuery(type, actor, tokenId, since, value);
    }

    /** No event that fits has a lower id; null: any may. */
    public @Nullable String lowestId() {
        return since == null ? null : AuditEvent.firstIdAt(millis(since));
    }

    /**
     * Every event that fits and comes after another in the list has a lower id; null: any may.
     *
     * @param before the other's id; null: there is none
     */
    public @Nullable String idsBelow(@Nullable String before) {
        if (until == null) return before;
        String end = AuditEvent.firstIdAt(millis(until));
        return before == null || end.compareTo(before) < 0 ? end : before;
    }

    /** Events are told in milliseconds, so the next full one means the same; one that is far away is as far as numbers go. */
    private static long millis(Instant moment) {
        try {
            long millis = moment.toEpochMilli();
            return Instant.ofEpochMilli(millis).equals(moment) ? millis : Math.addExact(millis, 1);
        } catch (ArithmeticException e) {
            return moment.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : 0;
        }
    }

    /** Whether an event fits. */
    public boolean matches(AuditEvent event) {
        String lowest = lowestId();
        String below = idsBelow(null);
        return (type == null || type == event.type())
                && (actor == null || actor.equals(event.actor()))
                && (tokenId == null || tokenId.equals(event.tokenId()))
                && (lowest == null || event.id().compareTo(lowest) >= 0)
                && (below == null || event.id().compareTo(below) < 0);
    }
}
