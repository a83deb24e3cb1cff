package dev.scopegate.access;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.export.Amount;
import dev.scopegate.export.ExportOutcome;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Problem;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes events of what the checks decide, where somebody listens. Immutable and safe for any number of threads. */
final class Audit {
    private final AuditListener listener;
    private final Clock clock;

    Audit(AuditListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** A credential opened nothing. */
    void refused(
            String why, @Nullable BearerToken presented, @Nullable AccessToken token, Supplier<ClientAddress> from) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.TOKEN_REFUSED, clock.millis())
                .actor(token == null ? null : token.owner())
                .token(token != null ? token.id() : presented == null ? null : presented.id())
                .from(from.get().toString())
                .refused(why)
                .build());
    }

    /** Nobody could tell whether a credential opens anything. */
    void unavailable(BearerToken presented, Supplier<ClientAddress> from) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.TOKEN_REFUSED, clock.millis())
                .token(presented.id())
                .from(from.get().toString())
                .ended(AuditOutcome.UNAVAILABLE, Problem.UNAVAILABLE)
                .build());
    }

    /** A token that is good may not do what it asked for. */
    void refused(
            Problem problem, AccessToken token, @Nullable Supplier<ClientAddress> from, @Nullable String resource) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.ACCESS_REFUSED, clock.millis())
                .actor(token.owner())
                .token(token.id())
                .resource(resource)
                .from(from == null ? null : from.get().toString())
                .refused(problem.code())
                .build());
    }

    /** The same of a request to what meets a requirement. */
    void refused(
            Problem problem, Admission admission, Requirement need, Function<String, @Nullable String> pathParameters) {
        AccessToken token = admission.accessToken();
        if (listener == AuditListener.NONE || token == null) return;
        ResourceTemplate template = need.resource() != null ? need.resource() : need.export();
        String resource = template == null
                ? null
                : template.fill(name -> Objects.requireNonNullElse(pathParameters.apply(name), ""));
        refused(problem, token, admission.from(), resource);
    }

    /** A token was let in, for the first time since long. */
    void used(AccessToken token, long atMillis, String ip) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.TOKEN_USED, atMillis)
                .actor(token.owner())
                .token(token.id())
                .from(ip)
                .build());
    }

    /** Whether anybody is told. */
    boolean isHeard() {
        return listener != AuditListener.NONE;
    }

    /** A token comes near its end. */
    void expiring(AccessToken token) {
        listener.on(AuditEvent.of(AuditType.TOKEN_EXPIRING, clock.millis())
                .actor(token.owner())
                .token(token.id())
                .build());
    }

    /** Tokens that had been dead for long were removed. */
    void purged(long tokens) {
        if (listener == AuditListener.NONE) return;
        listener.on(AuditEvent.of(AuditType.TOKENS_PURGED, clock.millis())
                .amount(0, tokens)
                .build());
    }

    /** A limited response ended. */
    void exported(ExportOutcome outcome) {
        if (listener == AuditListener.NONE) return;
        Amount left = outcome.left();
        listener.on(AuditEvent.of(AuditType.EXPORT, clock.millis())
                .actor(outcome.token().owner())
                .token(outcome.token().id())
                .resource(outcome.resource())
                .from(outcome.from().toString())
                .ended(outcome.how(), outcome.code())
                .amount(left.bytes(), left.records())
                .build());
    }
}
