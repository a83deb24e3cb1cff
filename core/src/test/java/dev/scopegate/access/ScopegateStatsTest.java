package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.scope.Scope;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoreHealth;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.NewToken;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static Admission enter(Scopegate scopegate, String... lines) {
        return scopegate.check().authenticate(List.of(lines).iterator(), () -> ClientAddress.ofPeer("192.0.2.7"));
    }
}
