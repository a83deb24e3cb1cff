package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import dev.scopegate.event.AuditOutcome;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.Network;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log knows why, where the client is told the same of everything. */
class AuditTest extends AccessHarness {
    private AuditEvent only() {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private void refuses(String why, AuditType type) {
        assertThat(only().code()).isEqualTo(why);
        assertThat(only().type()).isEqualTo(type);
        assertThat(only().outcome()).isEqualTo(AuditOutcome.REFUSED);
        assertThat(only().clientIp()).isEqualTo(HERE.toString());
        assertThat(only().at()).isEqualTo(NOW);
    }

    @Test
    void aRequestWithoutACredentialIsNoEvent() {
        enter();
        enter("Basic YTpi");

        assertThat(events).isEmpty();
    }

    @Test
    void anUnknownTokenIsTold() throws Exception {
        NewToken token = withScopes("admin");
        store.delete(token.facts().id());
        enter(token);

        refuses("unknown", AuditType.TOKEN_REFUSED);
        assertThat(only().tokenId()).isEqualTo(token.facts().id());
        assertThat(only().actor()).isNull();
    }

    @Test
    void aWrongSecretNamesNoOwner() throws Exception {
        NewToken token = withScopes("admin");
        NewToken other = tokens.mint(TokenKind.PERSONAL, "eve", "x", facts -> facts);
        StoredToken kept = store.get(token.facts().id());
        store.replace(kept, new StoredToken(kept.token(), StoredToken.of(other).secrets()), NOW);
        enter(token);

        refuses("wrong_secret", AuditType.TOKEN_REFUSED);
        assertThat(only().actor()).isNull();
    }

    @Test
    void whatIsDeadIsToldWithItsOwner() throws Exception {
        NewToken revoked = withScopes("admin");
        store.revoke(revoked.facts().id(), NOW, "ada");
        enter(revoked);

        refuses("revoked", AuditType.TOKEN_REFUSED);
        assertThat(only().actor()).isEqualTo("ada");
        events.clear();

        enter(kept(facts -> facts.expiresAt(NOW)));
        refuses("expired", AuditType.TOKEN_REFUSED);
        events.clear();

        enter(kept(TokenKind.REFRESH, facts -> facts));
        refuses("wrong_kind", AuditType.TOKEN_REFUSED);
        events.clear();

        enter(kept(facts -> facts.allowedNetworks(List.of(Network.parse("192.0.2.250")))));
        refuses("ip_not_allowed", AuditType.TOKEN_REFUSED);
    }

    @Test
    void illFormedAndDoubledCredentialsAreTold() {
        enter("Bearer a b");
        refuses("ill_formed", AuditType.TOKEN_REFUSED);
        events.clear();

        enter("Bearer a", "Bearer b");
        refuses("invalid_request", AuditType.TOKEN_REFUSED);
    }

    @Test
    void aMissingScopeAndAResourceOfOthersAreTold() throws Exception {
        Admission small = enter(kept(facts -> facts.scopes(List.of("edit")).resources(List.of("dataset:mine"))));
        check.refusal(small, all("admin"), name -> null);
        refuses("insufficient_scope", AuditType.ACCESS_REFUSED);
        assertThat(only().actor()).isEqualTo("ada");
        events.clear();

        check.refusal(small, all("edit").on(ResourceTemplate.parse("dataset:{id}")), name -> "x".repeat(999));
        refuses("resource_not_allowed", AuditType.ACCESS_REFUSED);
        assertThat(only().resource()).hasSize(AuditEvent.LONGEST_NAME).startsWith("dataset:xxx");
    }

    @Test
    void aResourceThatOnlyTheCodeKnowsIsTold() throws Exception {
        NewToken token = kept(facts -> facts.resources(List.of("dataset:mine")));

        assertThat(codeOf(() -> check.authorizeResource(token.facts(), "dataset:other")))
                .isEqualTo("403 resource_not_allowed");

        assertThat(only().type()).isEqualTo(AuditType.ACCESS_REFUSED);
        assertThat(only().code()).isEqualTo("resource_not_allowed");
        assertThat(only().resource()).isEqualTo("dataset:other");
        assertThat(only().tokenId()).isEqualTo(token.facts().id());
    }

    @Test
    void aTokenThatStandsInAPathIsMasked() throws Exception {
        NewToken token = withScopes("admin");
        Admission admission = enter(kept(facts -> facts.scopes(List.of("edit")).resources(List.of("dataset:mine"))));
        Requirement need = all("edit").on(ResourceTemplate.parse("dataset:{id}"));

        check.refusal(admission, need, name -> token.reveal());

        refuses("resource_not_allowed", AuditType.ACCESS_REFUSED);
        assertThat(only().resource())
                .isEqualTo("dataset:sgp_" + token.facts().id().substring(0, 4) + "…");
    }

    @Test
    void idsFollowTime() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(AuditEvent.of(AuditType.LOGIN, 1_000_000_000_000L + i / 10)
                    .build()
                    .id());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.length() == 20);
    }

    @Test
    void severalListenInTheirOrder() {
        List<String> told = new ArrayList<>();
        AuditListener both = AuditListener.NONE.and(event -> told.add("first")).and(event -> told.add("second"));
        both.on(AuditEvent.of(AuditType.LOGIN, 0).build());

        assertThat(told).containsExactly("first", "second");
    }
}
