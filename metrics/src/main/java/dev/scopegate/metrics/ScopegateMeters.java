package dev.scopegate.metrics;

import dev.scopegate.access.Scopegate;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.export.ExportStats;
import dev.scopegate.export.ExportStats.Calls;
import dev.scopegate.export.ExportStats.Sent;
import dev.scopegate.problem.Problem;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One application's numbers as meters: {@code new ScopegateMeters(scopegate).bindTo(registry)}. They are read when the
 * registry asks, so that a request pays for nothing but the counting that is done anyway. No tag holds anything that a
 * client chooses. Immutable; safe for any number of threads.
 *
 * <ul>
 *   <li>{@code scopegate.authentications}, tag {@code outcome}: requests; {@code admitted} or the refusal's code
 *   <li>{@code scopegate.refusals}, tag {@code code}: requests with a usable token that were refused all the same
 *   <li>{@code scopegate.lookups}: what the store was asked, with the time it took; the share of admitted and
 *       {@code invalid_token} requests without one is the cache's hit rate
 *   <li>{@code scopegate.lookup.failures}: look-ups that the store did not answer
 *   <li>{@code scopegate.cache.tokens}: tokens that are remembered now
 *   <li>{@code scopegate.store.available}: 1 while look-ups are answered, else 0
 *   <li>{@code scopegate.feed.lag}: how long changes made elsewhere have gone unheard; 0 while they are heard
 *   <li>{@code scopegate.audit.lost}: events that the audit log has not got
 *   <li>{@code scopegate.exports}, {@code scopegate.export.bytes}, {@code scopegate.export.records}, tag {@code outcome}:
 *       limited responses and what of their resources left; {@code success}, {@code refused} (cut short, too), {@code observed},
 *       {@code unavailable}
 *   <li>{@code scopegate.ledger}, tag {@code call}: what the export ledger was asked, with the time it took; {@code lease},
 *       {@code settle}
 *   <li>{@code scopegate.ledger.failures}, tag {@code call}: calls that it did not answer
 * </ul>
 */
public final class ScopegateMeters implements MeterBinder {
    private static final List<String> OUTCOMES = List.of(
            "admitted", "not_authenticated", "invalid_request", "invalid_token", "ip_not_allowed", "unavailable");
    private static final List<String> REFUSALS = List.of(
            "insufficient_scope",
            "resource_not_allowed",
            "permission_denied",
            "not_found",
            "invalid_token",
            Problem.EXPORT_IP_NOT_ALLOWED,
            Problem.EXPORT_LIMIT_EXCEEDED);

    private final Scopegate scopegate;
    private final List<Tag> tags;

    /** The meters without tags of their own. */
    public ScopegateMeters(Scopegate scopegate) {
        this(scopegate, List.of());
    }

    /** The meters with these tags, where one registry serves several applications. */
    public ScopegateMeters(Scopegate scopegate, Iterable<Tag> tags) {
        this.scopegate = scopegate;
        this.tags = Tags.of(tags).stream().toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String outcome : OUTCOMES) {
            FunctionCounter.builder(
                            "scopegate.authentications",
                            scopegate,
                            from -> from.stats().authentications().getOrDefault(outcome, 0L))
                    .description("Requests, by who they turned out to come from")
                    .tags(tags)
                    .tag("outcome", outcome)
                    .register(registry);
        }
        for (String code : REFUSALS) {
            FunctionCounter.builder(
                            "scopegate.refusals",
                            scopegate,
                            from -> from.stats().refusals().getOrDefault(code, 0L))
                    .description("Requests with a usable token that were refused")
                    .tags(tags)
                    .tag("code", code)
                    .register(registry);
        }
        bindStore(registry);
        bindExports(registry);
    }

    private void bindExports(MeterRegistry registry) {
        for (AuditOutcome outcome : AuditOutcome.values()) {
            String how = outcome.wireName();
            countSent(registry, "scopegate.exports", how, "Limited responses", Sent::responses);
            countSent(registry, "scopegate.export.bytes", how, "Bytes of limited responses that left", Sent::bytes);
            countSent(
                    registry, "scopegate.export.records", how, "Records in limited responses that left", Sent::records);
        }
        bindCalls(registry, "lease", ExportStats::leases);
        bindCalls(registry, "settle", ExportStats::settlements);
    }

    private void countSent(
            MeterRegistry registry, String name, String outcome, String description, ToLongFunction<Sent> amount) {
        FunctionCounter.builder(
                        name,
                        scopegate,
                        from -> amount.applyAsLong(
                                from.stats().exports().ended().getOrDefault(outcome, Sent.NONE)))
                .description(description)
                .tags(tags)
                .tag("outcome", outcome)
                .register(registry);
    }

    private void bindCalls(MeterRegistry registry, String call, Function<ExportStats, Calls> calls) {
        FunctionTimer.builder(
                        "scopegate.ledger",
                        scopegate,
                        from -> calls.apply(from.stats().exports()).count(),
                        from -> calls.apply(from.stats().exports()).time().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("What the export ledger was asked, and how long it took")
                .tags(tags)
                .tag("call", call)
                .register(registry);
        FunctionCounter.builder(
                        "scopegate.ledger.failures",
                        scopegate,
                        from -> calls.apply(from.stats().exports()).failures())
                .description("Calls that the export ledger did not answer")
                .tags(tags)
                .tag("call", call)
                .register(registry);
    }

    private void bindStore(MeterRegistry registry) {
        FunctionTimer.builder(
                        "scopegate.lookups",
                        scopegate,
                        from -> from.store().lookUps().count(),
                        from -> from.store().lookUps().time().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("What the store was asked, and how long it took")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "scopegate.lookup.failures",
                        scopegate,
                        from -> from.store().lookUps().failures())
                .description("Look-ups that the store did not answer")
                .tags(tags)
                .register(registry);
        Gauge.builder("scopegate.cache.tokens", scopegate, from -> from.store().size())
                .description("Tokens that are remembered")
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "scopegate.store.available",
                        scopegate,
                        from -> from.health().available() ? 1 : 0)
                .description("Whether look-ups are answered")
                .tags(tags)
                .register(registry);
        TimeGauge.builder(
                        "scopegate.feed.lag",
                        scopegate,
                        TimeUnit.NANOSECONDS,
                        from -> from.health().changeLag().toNanos())
                .description("How long changes made elsewhere have gone unheard")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "scopegate.audit.lost", scopegate, from -> from.stats().lostEvents())
                .description("Events that the audit log has not got")
                .tags(tags)
                .register(registry);
    }
}
