package dev.scopegate.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened. It never holds a secret; what clients choose (names of resources) is cut to
 * {@value #LONGEST_NAME} characters, what looks like a token or a JWT in it is masked, and what is no text (control characters,
 * halves of characters) is replaced.
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

    private static final int REPLACEMENT = 0xFFFD;

    public AuditEvent {
        if (!isId(id)) throw new IllegalArgumentException("this is no event's id");
        actor = kept(actor);
        tokenId = kept(tokenId);
        resource = kept(resource);
    }

    /** What an event keeps of a name. */
    public static @Nullable String kept(@Nullable String given) {
        if (given == null) return null;
        String name = Masks.masked(given); // before it is cut, or half a secret would stay
        boolean plain = name.length() <= LONGEST_NAME;
        for (int i = 0; plain && i < name.length(); i++) plain = !isOdd(name.charAt(i));
        return plain ? name : plain(name);
    }

    private static boolean isOdd(int c) {
        return Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (plain.length() + Character.charCount(c) > LONGEST_NAME) break;
            plain.appendCodePoint(isOdd(c) ? REPLACEMENT : c);
        }
        return plain.toString();
    }

    /** Whether a text is one that events have as their id. */
    public static boolean isId(String text) {
        return AuditIds.isId(text);
    }

    /** The lowest id of a moment: no event of it or later has a lower one, none from before another. */
    public static String firstIdAt(long atMillis) {
        return AuditIds.first(atMillis);
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
