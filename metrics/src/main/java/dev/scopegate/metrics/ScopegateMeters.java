package dev.scopegate.metrics;

import dev.scopegate.access.Scopegate;
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
 * </ul>
 */
public final class ScopegateMeters implements MeterBinder {
    private static final List<String> OUTCOMES = List.of(
            "admitted", "not_authenticated", "invalid_request", "invalid_token", "ip_not_allowed", "unavailable");
    private static final List<String> REFUSALS =
            List.of("insufficient_scope", "resource_not_allowed", "permission_denied", "not_found", "invalid_token");

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
