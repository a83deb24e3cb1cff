package dev.scopegate.issuer;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.problem.Unavailable;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells of what the issuer does, and of what it refuses to do. Immutable and safe for any number of threads. */
record IssuerEvents(AuditListener listener, Clock clock) {
    /** What somebody wants done. */
    @FunctionalInterface
    interface Step<T extends @Nullable Object> {
        T take() throws AccessDenied, Unavailable;
    }

    /** Does something to a token and tells of it. */
    <T extends @Nullable Object> T of(AuditType type, User by, String id, Step<T> step)
            throws AccessDenied, Unavailable {
        return of(type, by, step, id, done -> id);
    }

    /**
     * Does something and tells of it.
     *
     * @param id the token's, where there is one already
     * @param idOf the token's, when it is done
     */
    <T extends @Nullable Object> T of(
            AuditType type, User by, Step<T> step, @Nullable String id, Function<T, String> idOf)
            throws AccessDenied, Unavailable {
        T done = guarded(by, id, step);
        tell(type, by, idOf.apply(done), null);
        return done;
    }

    /** Does something that is told of elsewhere, or not worth it; only its refusal is told here. */
    <T extends @Nullable Object> T guarded(User by, @Nullable String id, Step<T> step)
            throws AccessDenied, Unavailable {
        try {
            return step.take();
        } catch (AccessDenied e) {
            refused(e.problem(), by.name(), id, by.from());
            throw e;
        }
    }

    /** Something was done. */
    void tell(AuditType type, User by, @Nullable String tokenId, @Nullable String resource) {
        if (listener == AuditListener.NONE) return;
        listener.on(
                event(type, by.name(), tokenId, by.from()).resource(resource).build());
    }

    /** What may not be, and what is hidden, as opposed to what is ill-formed. */
    void refused(Problem problem, @Nullable String actor, @Nullable String tokenId, @Nullable ClientAddress from) {
        if (listener == AuditListener.NONE || (problem.status() != 403 && problem.status() != 404)) return;
        listener.on(event(AuditType.ACCESS_REFUSED, actor, tokenId, from)
                .refused(problem.code())
                .build());
    }

    /** Whether anybody is told. */
    boolean isHeard() {
        return listener != AuditListener.NONE;
    }

    /** Another key signs from now on. */
    void keyRotated(String kid, @Nullable String why) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.KEY_ROTATED, clock.millis())
                .resource(kid)
                .ended(AuditOutcome.SUCCESS, why)
                .build());
    }

    /** Somebody showed a password, or what is a key's, and it was taken. */
    void login(String actor, @Nullable String tokenId, ClientAddress from) {
        if (listener == AuditListener.NONE) return;
        listener.on(event(AuditType.LOGIN, actor, tokenId, from).build());
    }

    /** It was not taken. */
    void loginRefused(String why, @Nullable String actor, @Nullable String tokenId, ClientAddress from) {
        if (listener == AuditListener.NONE) return;
        listener.on(event(AuditType.LOGIN, actor, tokenId, from).refused(why).build());
    }

    /** A token was made, or ended, by no user. */
    void told(
            AuditType type,
            @Nullable String actor,
            @Nullable String tokenId,
            @Nullable ClientAddress from,
            @Nullable String why) {
        if (listener == AuditListener.NONE) return;
        listener.on(event(type, actor, tokenId, from)
                .ended(AuditOutcome.SUCCESS, why)
                .build());
    }

    private AuditEvent.Builder event(
            AuditType type, @Nullable String actor, @Nullable String tokenId, @Nullable ClientAddress from) {
        return AuditEvent.of(type, clock.millis())
                .actor(actor)
                .token(
                        tokenId == null || OwnedTokens.isId(tokenId)
                                ? tokenId
                                : null) // not what else a client writes there
                .from(from == null ? null : from.toString());
    }
}
