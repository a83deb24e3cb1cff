package dev.scopegate.metrics;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.access.Admission;
import dev.scopegate.access.Requirement;
import dev.scopegate.access.Scopegate;
import dev.scopegate.export.ExportLimit;
import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.ExportPolicy;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopegateMetersTest {
    private static final ScopeCatalog CATALOG = ScopeCatalog.of(Scope.named("public"), Scope.named("edit"));

    private final TestTokens tokens = new TestTokens();
    private final InMemoryTokenStore kept = new InMemoryTokenStore();
    private boolean down;

    private final TokenStore store = new TokenStore() {
        @Override
        public @Nullable StoredToken find(BearerToken presented) throws Unavailable {
            if (down) throw new Unavailable("away", null);
            return kept.find(presented);
        }

        @Override
        public StoreHealth health() {
            return down ? new StoreHealth(false, Duration.ofSeconds(3), "away") : StoreHealth.UP;
        }
    };

    private final InMemoryExportPolicies policies = new InMemoryExportPolicies();
    private final Exports exports =
            new Exports(policies, new InMemoryExportLedger(Clock.systemUTC()), ExportOptions.DEFAULT, outcome -> {});
    private final Scopegate scopegate = Scopegate.builder()
            .catalog(CATALOG)
            .exports(exports)
            .store(store)
            .format(tokens.format())
            .build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        scopegate.close();
    }

    private Admission enter(String... lines) {
        return scopegate.check().authenticate(List.of(lines).iterator(), () -> ClientAddress.UNKNOWN);
    }

    private double counted(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).functionCounter().count();
    }

    @Test
    void whatBecomesOfRequestsIsToldByMeters() throws Exception {
        new ScopegateMeters(scopegate, List.of(Tag.of("application", "hub"))).bindTo(registry);
        NewToken token = tokens.mint("ada", "ci");
        kept.add(StoredToken.of(token), NOW);
        for (int i = 0; i < 3; i++) {
            Admission admission = enter("Bearer " + token.reveal());
            scopegate.check().refusal(admission, Requirement.allOf(CATALOG, List.of("edit")), name -> null);
        }
        enter();

        assertThat(counted("scopegate.authentications", "outcome", "admitted")).isEqualTo(3);
        assertThat(counted("scopegate.authentications", "outcome", "not_authenticated"))
                .isEqualTo(1);
        assertThat(counted("scopegate.authentications", "outcome", "invalid_token"))
                .isZero();
        assertThat(counted("scopegate.refusals", "code", "insufficient_scope")).isEqualTo(3);
        assertThat(registry.get("scopegate.lookups").functionTimer().count()).isEqualTo(1);
        assertThat(registry.get("scopegate.lookups").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(registry.get("scopegate.cache.tokens").gauge().value()).isEqualTo(1);
        assertThat(registry.get("scopegate.audit.lost").functionCounter().count())
                .isZero();
        assertThat(registry.getMeters())
                .allMatch(meter -> "hub".equals(meter.getId().getTag("application")));
    }

    @Test
    void aStoreThatIsAwayIsSeen() {
        new ScopegateMeters(scopegate).bindTo(registry);
        assertThat(registry.get("scopegate.store.available").gauge().value()).isEqualTo(1);
        assertThat(registry.get("scopegate.feed.lag").timeGauge().value(TimeUnit.SECONDS))
                .isZero();

        down = true;
        enter("Bearer " + tokens.guess("0123456789ABCD").reveal());

        assertThat(registry.get("scopegate.store.available").gauge().value()).isZero();
        assertThat(registry.get("scopegate.feed.lag").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(counted("scopegate.authentications", "outcome", "unavailable"))
                .isEqualTo(1);
        assertThat(registry.get("scopegate.lookup.failures").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void exportsAreToldByHowTheyEndedAlsoWhereTheyWereCutShort() throws Exception {
        new ScopegateMeters(scopegate).bindTo(registry);
        NewToken token = tokens.mint("ada", "ci");
        ExportLimit limit =
                new ExportLimit(ExportLimit.Unit.BYTES, ExportLimit.Per.TOTAL, 1_000, ExportLimit.Subject.OWNER);
        policies.put("dataset:a", new ExportPolicy(ExportPolicy.Mode.ENFORCE, List.of(), List.of(limit)));
        for (int i = 0; i < 2; i++) {
            ExportMeter meter = exports.open(token.facts(), "dataset:a", ClientAddress.UNKNOWN, false);
            meter.leave();
            assertThat(meter.take(new byte[700], 0, 700)).isPositive();
            if (meter.stopped() == null) meter.finish();
            else assertThatThrownBy(meter::finish).isInstanceOf(ExportStopped.class);
        }

        assertThat(counted("scopegate.exports", "outcome", "success")).isEqualTo(1);
        assertThat(counted("scopegate.exports", "outcome", "unavailable")).isZero();
        assertThat(counted("scopegate.export.bytes", "outcome", "success")).isEqualTo(700);
        assertThat(counted("scopegate.export.bytes", "outcome", "refused")).isEqualTo(300);
        assertThat(counted("scopegate.export.records", "outcome", "success")).isZero();
        assertThat(counted("scopegate.refusals", "code", "export_limit_exceeded"))
                .isEqualTo(1);
        assertThat(counted("scopegate.refusals", "code", "export_ip_not_allowed"))
                .isZero();
        assertThat(counted("scopegate.ledger.failures", "call", "lease")).isZero();
        assertThat(registry.get("scopegate.ledger")
                        .tag("call", "lease")
                        .functionTimer()
                        .count())
                .isGreaterThanOrEqualTo(2);
        assertThat(registry.get("scopegate.ledger")
                        .tag("call", "settle")
                        .functionTimer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void noMeterHasATagThatAClientChooses() {
        new ScopegateMeters(scopegate).bindTo(registry);
        int before = registry.getMeters().size();
        for (int i = 0; i < 100; i++) enter("Bearer unknown-" + i);

        assertThat(registry.getMeters())
                .hasSize(before)
                .extracting(Meter::getId)
                .doesNotContainNull();
    }
}
