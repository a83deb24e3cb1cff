package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.export.ExportOptions;
import dev.scopegate.export.Exports;
import dev.scopegate.export.InMemoryExportLedger;
import dev.scopegate.export.InMemoryExportPolicies;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ScopegateStatsTest {
    private static final ScopeCatalog CATALOG = ScopeCatalog.of(Scope.named("public"), Scope.named("edit"));

    @Test
    void whatBecomesOfRequestsIsCounted() throws Exception {
        TestTokens tokens = new TestTokens();
        InMemoryTokenStore store = new InMemoryTokenStore();
        NewToken token = tokens.mint("ada", "ci");
        store.add(StoredToken.of(token), NOW);
        try (Scopegate scopegate = Scopegate.builder()
                .catalog(CATALOG)
                .store(store)
                .format(tokens.format())
                .build()) {
            Requirement edit = Requirement.allOf(CATALOG, List.of("edit"));
            for (int i = 0; i < 3; i++) {
                Admission admission = enter(scopegate, "Bearer " + token.reveal());
                scopegate.check().refusal(admission, edit, name -> null);
                scopegate.check().refusal(admission, Requirement.of(Requirement.Access.DENY), name -> null);
            }
            Admission again = enter(scopegate, "Bearer " + token.reveal());
            Requirement fresh = Requirement.of(Requirement.Access.TOKEN).reading(true, false);
            scopegate.check().refusal(again, fresh, name -> null); // the same request, though its token is read again
            store.revoke(token.facts().id(), NOW, "ada");
            scopegate.check().refusal(again, fresh, name -> null);
            Admission nobody = enter(scopegate);
            scopegate.check().refusal(nobody, edit, name -> null); // counted as what it is already
            enter(scopegate, "Basic x");
            enter(scopegate, "Bearer a", "Bearer b");
            enter(scopegate, "Bearer sgp_short");
            enter(scopegate, "Bearer " + tokens.guess("0123456789ABCD").reveal());

            ScopegateStats stats = scopegate.stats();

            assertThat(stats.authentications())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "admitted", 4L,
                            "not_authenticated", 2L,
                            "invalid_request", 1L,
                            "invalid_token", 2L,
                            "ip_not_allowed", 0L,
                            "unavailable", 0L));
            assertThat(stats.refusals())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("insufficient_scope", 3L, "permission_denied", 3L, "invalid_token", 1L));
            assertThat(stats.lookUps().count()).isEqualTo(4);
            assertThat(stats.lookUps().failures()).isZero();
            assertThat(stats.lookUps().time()).isPositive();
            assertThat(stats.cachedTokens()).isEqualTo(1);
            assertThat(stats.lostEvents()).isZero();
            assertThat(scopegate.health()).isEqualTo(StoreHealth.UP);
        }
        assertThat(Objects.requireNonNull(store.get(token.facts().id())).token().lastUsedIp())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void anExportOfWhatATokenDoesNotExtendToIsCountedAndTold() throws Exception {
        TestTokens tokens = new TestTokens();
        InMemoryTokenStore store = new InMemoryTokenStore();
        NewToken token =
                tokens.mint(TokenKind.PERSONAL, "ada", "ci", facts -> facts.resources(List.of("dataset:mine")));
        store.add(StoredToken.of(token), NOW);
        List<AuditEvent> events = new CopyOnWriteArrayList<>();
        Exports exports = new Exports(
                new InMemoryExportPolicies(),
                new InMemoryExportLedger(Clock.systemUTC()),
                new ExportOptions(false, 1_000, 500, 10, Duration.ofMillis(50)),
                outcome -> {});
        try (Scopegate scopegate = Scopegate.builder()
                .catalog(CATALOG)
                .store(store)
                .format(tokens.format())
                .exports(exports)
                .listener(events::add)
                .build()) {
            Admission admission = enter(scopegate, "Bearer " + token.reveal());
            Requirement need =
                    Requirement.of(Requirement.Access.TOKEN).exporting(ResourceTemplate.parse("dataset:other"));

            assertThatThrownBy(() -> scopegate.check().export(admission, need, name -> null, false))
                    .isInstanceOf(AccessDenied.class);

            assertThat(scopegate.stats().refusals()).isEqualTo(Map.of("resource_not_allowed", 1L));
            assertThat(events)
                    .extracting(AuditEvent::type, AuditEvent::code, AuditEvent::resource)
                    .contains(tuple(AuditType.ACCESS_REFUSED, "resource_not_allowed", "dataset:other"));
        }
    }

    private static Admission enter(Scopegate scopegate, String... lines) {
        return scopegate.check().authenticate(List.of(lines).iterator(), () -> ClientAddress.ofPeer("192.0.2.7"));
    }
}
