package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeSet;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerTest {
    private final Desk desk = new Desk();
    private final TokenIssuer tokens = desk.tokens();
    private final User ada = Desk.of("ada");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aMintedTokenWorksAndCarriesTheDefaultScopes() throws Exception {
        NewToken minted = tokens.mint(ada, TokenDraft.of("  ci \t", "job:execute"));

        assertThat(desk.works(minted)).isTrue();
        assertThat(minted.facts().name()).isEqualTo("ci");
        assertThat(minted.facts().scopes()).containsExactly("public", "job:execute");
        assertThat(minted.facts().owner()).isEqualTo("ada");
        assertThat(minted.facts().createdBy()).isEqualTo("ada");
        assertThat(minted.facts().createdAt()).isEqualTo(Desk.START);
        assertThat(minted.toString()).doesNotContain(minted.reveal());
    }

    @Test
    void noScopesMeansTheDefaults() throws Exception {
        assertThat(tokens.mint(ada, TokenDraft.of("ci")).facts().scopes()).containsExactly("public");
        assertThat(tokens.mint(ada, TokenDraft.of("x", "public")).facts().scopes())
                .containsExactly("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u0085b", "a\u2028b", "\ud800"})
    void aNameIsPlainText(String name) {
        assertThat(Desk.refusal(() -> tokens.mint(ada, TokenDraft.of(name)))).isEqualTo("400 invalid@name");
    }

    @Test
    void aNameHasAtMostAHundredCodePoints() throws Exception {
        assertThat(tokens.mint(ada, TokenDraft.of("\ud83d\udc27".repeat(100)))
                        .facts()
                        .name())
                .hasSize(200);
        assertThat(Desk.refusal(() -> tokens.mint(ada, TokenDraft.of("x".repeat(101)))))
                .isEqualTo("400 invalid@name");
    }

    @Test
    void aNameIsUniqueAmongTheOwnersActiveTokens() throws Exception {
        NewToken first = tokens.mint(ada, TokenDraft.of("ci").expiresAt(Desk.START.plusSeconds(60)));
        assertThat(Desk.refusal(() -> tokens.mint(ada, TokenDraft.of("ci")))).isEqualTo("400 unique@name");
        tokens.mint(Desk.of("bob"), TokenDraft.of("ci"));
        NewToken other = tokens.mint(ada, TokenDraft.of("other"));
        assertThat(Desk.refusal(() ->
                        tokens.edit(ada, other.facts().id(), TokenEdit.nothing().name("ci"))))
                .isEqualTo("400 unique@name");

        desk.clock.pass(Duration.ofSeconds(60));
        assertThat(desk.works(first)).isFalse();
        assertThat(desk.works(tokens.mint(ada, TokenDraft.of("ci")))).isTrue();
    }

    @Test
    void everyFieldThatBreaksARuleIsNamedAndNothingIsStored() throws Exception {
        TokenDraft wrong = TokenDraft.of("", "data.data", "nope", "data.data", "admin")
                .expiresAt(Desk.START)
                .resources(List.of("dataset:x", "dataset", ":x", "x:", "dataset:a b", "dataset:x"))
                .allowedNetworks(List.of("10.0.0.0/8", "10.0.0.1/8", "nowhere", "10.0.0.0/8", " 10.0.0.1"));

        assertThat(Desk.refusal(() -> tokens.mint(ada, wrong)))
                .isEqualTo("400 invalid@name invalid@scopes.1 duplicate@scopes.2 invalid@scopes.3"
                        + " invalid@resources.1 invalid@resources.2 invalid@resources.3 invalid@resources.4"
                        + " duplicate@resources.5 invalid@allowed_networks.1 invalid@allowed_networks.2"
                        + " duplicate@allowed_networks.3 invalid@allowed_networks.4 invalid@expires_at");
        assertThat(tokens.list(ada, TokenQuery.of("ada"), null, 10).tokens()).isEmpty();
    }

    @Test
    void onlyAnAdministratorsTokenHasTheScopeAdmin() throws Exception {
        assertThat(Desk.refusal(() ->
                        tokens.mint(Desk.root(), TokenDraft.of("x", "admin").owner("ada"))))
                .isEqualTo("400 invalid@scopes.0");
        assertThat(tokens.mint(Desk.root(), TokenDraft.of("x", "admin")).facts().scopes())
                .contains("admin");
    }

    @Test
    void whatIsLeftOutIsAsTheCallersOwn() throws Exception {
        Bounds bounds = new Bounds(
                ScopeSet.of("data.edit"),
                List.of("organization:demo"),
                List.of(Network.parse("10.0.0.0/8")),
                Desk.START.plusSeconds(9));
        User narrow = new User("ada", false, true, bounds, false);

        AccessToken minted =
                tokens.mint(narrow, TokenDraft.of("ci", "data.data")).facts();

        assertThat(minted.resources()).containsExactly("organization:demo");
        assertThat(minted.allowedNetworks()).containsExactly(Network.parse("10.0.0.0/8"));
        assertThat(minted.expiresAt()).isEqualTo(Desk.START.plusSeconds(9));
        AccessToken within = tokens.mint(
                        narrow,
                        TokenDraft.of("within", "data.overview")
                                .resources(List.of("dataset:penguins"))
                                .allowedNetworks(List.of("10.1.0.0/16", "10.2.3.4"))
                                .expiresAt(Desk.START.plusSeconds(8)))
                .facts();
        assertThat(within.resources()).containsExactly("dataset:penguins");
    }

    @Test
    void nobodyGrantsWhatIsWiderThanTheirOwn() throws Exception {
        Bounds bounds = new Bounds(
                ScopeSet.of("data.data"),
                List.of("dataset:a"),
                List.of(Network.parse("10.0.0.0/8")),
                Desk.START.plusSeconds(9));
        User narrow = new User("ada", false, true, bounds, false);
        TokenDraft draft = TokenDraft.of("ci", "data.data");

        assertThat(Desk.refusal(() -> tokens.mint(narrow, TokenDraft.of("ci", "data.data", "job:execute"))))
                .isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.resources(List.of()))))
                .isEqualTo("403 resource_not_allowed");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.resources(List.of("dataset:a", "dataset:b")))))
                .isEqualTo("403 resource_not_allowed");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.resources(List.of("organization:demo")))))
                .isEqualTo("403 resource_not_allowed");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.allowedNetworks(List.of()))))
                .isEqualTo("403 permission_denied");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.allowedNetworks(List.of("10.0.0.0/7")))))
                .isEqualTo("403 permission_denied");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.allowedNetworks(List.of("::/0")))))
                .isEqualTo("403 permission_denied");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.expiresAt(Desk.START.plusSeconds(10)))))
                .isEqualTo("403 permission_denied");
        assertThat(Desk.refusal(() -> tokens.mint(narrow, draft.owner("bob")))).isEqualTo("403 permission_denied");
        assertThat(tokens.list(Desk.root(), TokenQuery.all(), null, 9).tokens()).isEmpty();
    }

    @Test
    void aNarrowTokenNeitherWidensNorTakesOverAWiderOne() throws Exception {
        NewToken wide = tokens.mint(ada, TokenDraft.of("wide", "data.edit").resources(List.of("dataset:a")));
        String id = wide.facts().id();
        User narrow = Desk.user("ada", "tokens.manage", "data.data");

        assertThat(Desk.refusal(
                        () -> tokens.edit(narrow, id, TokenEdit.nothing().resources(List.of()))))
                .isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(
                        () -> tokens.edit(narrow, id, TokenEdit.nothing().scopes(List.of("data.edit", "job:execute")))))
                .isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.rotate(narrow, id, Duration.ZERO))).isEqualTo("403 insufficient_scope");
        assertThat(tokens.edit(narrow, id, TokenEdit.nothing().name("renamed")).scopes())
                .contains("data.edit");
        assertThat(tokens.edit(narrow, id, TokenEdit.nothing().scopes(List.of("data.data")))
                        .scopes())
                .containsExactly("public", "data.data");
        assertThat(tokens.edit(narrow, id, TokenEdit.nothing().resources(List.of()))
                        .resources())
                .isEmpty();
    }

    @Test
    void aRotatedTokenKeepsItsOldSecretForTheGraceAndASecondRotationEndsThat() throws Exception {
        NewToken first = tokens.mint(ada, TokenDraft.of("ci"));
        String id = first.facts().id();
        NewToken second = tokens.rotate(ada, id, Duration.ofSeconds(60));
        assertThat(desk.works(first)).isTrue();
        assertThat(desk.works(second)).isTrue();

        NewToken third = tokens.rotate(ada, id, Duration.ofSeconds(60));
        assertThat(desk.works(first)).isFalse();
        assertThat(desk.works(second)).isTrue();
        desk.clock.pass(Duration.ofSeconds(60));
        assertThat(desk.works(second)).isFalse();
        assertThat(desk.works(third)).isTrue();

        NewToken fourth = tokens.rotate(ada, id, Duration.ZERO);
        assertThat(desk.works(third)).isFalse();
        assertThat(desk.works(fourth)).isTrue();
        assertThat(Desk.refusal(() -> tokens.rotate(ada, id, Duration.ofSeconds(86_401))))
                .isEqualTo("400 invalid@grace_seconds");
        assertThat(Desk.refusal(() -> tokens.rotate(ada, id, Duration.ofSeconds(-1))))
                .isEqualTo("400 invalid@grace_seconds");
    }

    @Test
    void aRevokedTokenStaysListedADeletedOneIsGoneAndNeitherWorks() throws Exception {
        NewToken revoked = tokens.mint(ada, TokenDraft.of("revoked"));
        NewToken deleted = tokens.mint(ada, TokenDraft.of("deleted"));
        tokens.rotate(ada, revoked.facts().id(), Duration.ofSeconds(60));

        AccessToken once = tokens.revoke(ada, revoked.facts().id());
        desk.clock.pass(Duration.ofSeconds(1));
        AccessToken twice = tokens.revoke(ada, revoked.facts().id());
        tokens.delete(ada, deleted.facts().id());

        assertThat(twice).isEqualTo(once);
        assertThat(desk.works(revoked)).isFalse();
        assertThat(desk.works(deleted)).isFalse();
        assertThat(tokens.list(ada, TokenQuery.of("ada"), null, 9).tokens()).containsExactly(once);
        assertThat(Desk.refusal(() -> tokens.delete(ada, deleted.facts().id()))).isEqualTo("404 not_found");
        assertThat(Desk.refusal(() -> tokens.rotate(ada, once.id(), Duration.ZERO)))
                .isEqualTo("409 token_inactive");
        assertThat(Desk.refusal(
                        () -> tokens.edit(ada, once.id(), TokenEdit.nothing().name("x"))))
                .isEqualTo("409 token_inactive");
    }

    @Test
    void whoMayOnlyLookChangesNothing() throws Exception {
        NewToken token = tokens.mint(ada, TokenDraft.of("ci"));
        String id = token.facts().id();
        User reader = new User("ada", false, false, Bounds.of(token.facts()), false);

        assertThat(tokens.get(reader, id)).isEqualTo(token.facts());
        assertThat(Desk.refusal(() -> tokens.mint(reader, TokenDraft.of("x")))).isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.edit(reader, id, TokenEdit.nothing())))
                .isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.rotate(reader, id, Duration.ZERO))).isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.revoke(reader, id))).isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> tokens.delete(reader, id))).isEqualTo("403 insufficient_scope");
    }

    @Test
    void whereOnlyAdministratorsMayNobodyElseDoesAnything() throws Exception {
        try (Desk strict = new Desk(new dev.scopegate.store.InMemoryTokenStore(), true)) {
            NewToken token =
                    strict.tokens().mint(Desk.root(), TokenDraft.of("x").owner("ada"));
            String id = token.facts().id();

            assertThat(token.facts().createdBy()).isEqualTo("root");
            assertThat(Desk.refusal(() -> strict.tokens().mint(ada, TokenDraft.of("y"))))
                    .isEqualTo("403 permission_denied");
            assertThat(Desk.refusal(() -> strict.tokens().get(ada, id))).isEqualTo("403 permission_denied");
            assertThat(Desk.refusal(() -> strict.tokens().delete(ada, id))).isEqualTo("403 permission_denied");
        }
    }
}
