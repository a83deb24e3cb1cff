package dev.scopegate.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. It never holds a secret; what clients choose (names of resources) is cut to
 * {@value #LONGEST_NAME} characters.
 *
 * @param id names it, in the order of time: {@value AuditIds#LENGTH} characters of base62
 * @param actor who did it: an owner's or a user's name; null: not known
 * @param tokenId the id of the token that it was done with or to; null: none of ours
 * @param resource the canonical name of the resource, or what stands for it
 * @param clientIp the client's address as text
 * @param code why it was refused, in one word
 * @param bytes how many bytes of a resource left
 * @param records how many of its records left
 */
public record AuditEvent(
        String id,
        Instant at,
        AuditType type,
        @Nullable String actor,
        @Nullable String tokenId,
        @Nullable String resource,
        @Nullable String clientIp,
        AuditOutcome outcome,
        @Nullable String code,
        @Nullable Long bytes,
        @Nullable Long records) {
    /** How much of a name is kept. */
    public static final int LONGEST_NAME = 200;

    public AuditEvent {
        actor = cut(actor);
        resource = cut(resource);
    }

    private static @Nullable String cut(@Nullable String name) {
        return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Begins an event that succeeded. */
    public static Builder of(AuditType type, long atMillis) {
        return new Builder(type, atMillis);
    }

    /** Collects the facts; for one thread. */
    public static final class Builder {
        private final AuditType type;
        private final long atMillis;
        private AuditOutcome outcome = AuditOutcome.SUCCESS;
        private @Nullable String actor;
        private @Nullable String tokenId;
        private @Nullable String resource;
        private @Nullable String clientIp;
        private @Nullable String code;
        private @Nullable Long bytes;
        private @Nullable Long records;

        private Builder(AuditType type, long atMillis) {
            this.type = type;
            this.atMillis = atMillis;
        }

        public Builder actor(@Nullable String value) {
            actor = value;
            return this;
        }

        public Builder token(@Nullable String id) {
            tokenId = id;
            return this;
        }

        public Builder resource(@Nullable String value) {
            resource = value;
            return this;
        }

        public Builder from(@Nullable String clientAddress) {
            clientIp = clientAddress;
            return this;
        }

        /** It was refused, for this reason. */
        public Builder refused(String why) {
            return ended(AuditOutcome.REFUSED, why);
        }

        public Builder ended(AuditOutcome how, @Nullable String why) {
            outcome = how;
            code = why;
            return this;
        }

        public Builder amount(long exportedBytes, long exportedRecords) {
            bytes = exportedBytes;
            records = exportedRecords;
            return this;
        }

        public AuditEvent build() {
            return new AuditEvent(
                    AuditIds.next(atMillis),
                    Instant.ofEpochMilli(atMillis),
                    type,
                    actor,
                    tokenId,
                    resource,
                    clientIp,
                    outcome,
                    code,
                    bytes,
                    records);
        }
    }
}
