package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.event.AuditListener;
import dev.scopegate.net.ClientAddresses;
import dev.scopegate.net.Network;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credential, networks, scope, resource, guard: the first that fails is the one that is told. */
class AuthorizationOrderTest extends AccessHarness {
    @Test
    void theFirstCheckThatFailsIsTold() throws Exception {
        Requirement need = on("dataset:hidden", "edit");
        NewToken everythingWrong = kept(facts -> facts.scopes(List.of("read"))
                .resources(List.of("dataset:other"))
                .allowedNetworks(List.of(Network.parse("10.0.0.0/8"))));
        NewToken scopeOn = kept(facts -> facts.scopes(List.of("read")).resources(List.of("dataset:other")));
        NewToken resourceOn = kept(facts -> facts.scopes(List.of("edit")).resources(List.of("dataset:other")));
        NewToken guardOn = withScopes("edit");

        assertThat(ask(enter(everythingWrong.reveal() + ", x"), need)).isEqualTo("401 not_authenticated");
        assertThat(ask(enter("Bearer " + everythingWrong.reveal() + "x"), need)).isEqualTo("401 invalid_token");
        assertThat(ask(enter(everythingWrong), need)).isEqualTo("403 ip_not_allowed");
        assertThat(ask(enter(scopeOn), need)).isEqualTo("403 insufficient_scope");
        assertThat(ask(enter(resourceOn), need)).isEqualTo("403 resource_not_allowed");
        assertThat(ask(enter(guardOn), need)).isEqualTo("404 not_found");
        assertThat(ask(enter(guardOn), on("dataset:{id}", "edit"))).isEqualTo("ok");
    }

    @Test
    void scopesAreGrantedByImplicationAndRefusedWithBothLists() throws Exception {
        Admission editor = enter(withScopes("edit"));

        assertThat(ask(editor, all("read"))).isEqualTo("ok");
        assertThat(ask(editor, Requirement.anyOf(CATALOG, List.of("jobs", "read"))))
                .isEqualTo("ok");
        assertThat(ask(enter(withScopes("admin")), all("jobs", "edit"))).isEqualTo("ok");
        AccessDenied refused = catchThrowableOfType(
                AccessDenied.class, () -> check.authorize(editor, all("read", "jobs"), name -> null));
        assertThat(refused.problem().errors().get(0).extra())
                .isEqualTo(Map.of("required", List.of("read", "jobs"), "granted", List.of("edit")));
        assertThat(check.grants(editor.accessToken(), "read")).isTrue();
        assertThat(check.grants(editor.accessToken(), "jobs")).isFalse();
    }

    @ParameterizedTest(name = "a token for {0} on {1}: {2}")
    @CsvSource({
        "'',dataset:penguins,ok",
        "dataset:penguins,dataset:penguins,ok",
        "dataset:penguins,dataset:{id},ok",
        "organization:demo,dataset:{id},ok",
        "universe,dataset:{id},ok",
        "dataset:penguins,organization:demo,403 resource_not_allowed",
        "dataset:penguin,dataset:{id},403 resource_not_allowed",
        "DATASET:PENGUINS,dataset:{id},403 resource_not_allowed",
        "organization:other,dataset:{id},403 resource_not_allowed",
        "dataset:other,dataset:absent,403 resource_not_allowed",
        "dataset:other,dataset:hidden,403 resource_not_allowed",
        "dataset:other,dataset:loop,403 resource_not_allowed",
        "dataset:loop,dataset:loop,ok",
    })
    void aTokensResourcesCoverThemselvesAndWhatTheyContain(String allowed, String resource, String expected)
            throws Exception {
        NewToken token = kept(
                facts -> facts.scopes(List.of("read")).resources(allowed.isEmpty() ? List.of() : List.of(allowed)));

        assertThat(ask(enter(token), on(resource, "read"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}, and when it hides: {2}")
    @CsvSource({
        "dataset:penguins,ok,ok",
        "dataset:hidden,404 not_found,404 not_found",
        "dataset:denied,403 permission_denied,404 not_found",
        "dataset:small,403 insufficient_scope,404 not_found",
        "dataset:unsure,503 unavailable,503 unavailable",
    })
    void theGuardHasTheLastWord(String resource, String expected, String hidden) throws Exception {
        Admission admission = enter(withScopes("read"));

        assertThat(ask(admission, on(resource, "read"))).isEqualTo(expected);
        assertThat(ask(admission, on(resource, "read").reading(false, true))).isEqualTo(hidden);
    }

    @Test
    void hideTurnsRefusalsForScopeAndResourceIntoNotFound() throws Exception {
        Admission narrow = enter(kept(facts -> facts.scopes(List.of("read")).resources(List.of("dataset:other"))));

        assertThat(ask(narrow, on("dataset:{id}", "edit").reading(false, true))).isEqualTo("404 not_found");
        assertThat(ask(narrow, on("dataset:{id}", "read").reading(false, true))).isEqualTo("404 not_found");
        assertThat(ask(enter(), on("dataset:{id}", "read").reading(false, true)))
                .isEqualTo("401 not_authenticated");
    }

    @Test
    void theScopeThatTheGuardMissesIsNamed() throws Exception {
        Admission admission = enter(withScopes("read"));

        AccessDenied refused = catchThrowableOfType(
                AccessDenied.class, () -> check.authorize(admission, on("dataset:small", "read"), name -> null));

        assertThat(refused.problem())
                .isEqualTo(dev.scopegate.problem.Problem.insufficientScope(
                        List.of("edit"), dev.scopegate.scope.ScopeSet.of("read")));
    }

    @Test
    void aResourceKnownOnlyToTheCodeIsCheckedTheSameWayAndGetsItsCanonicalName() throws Exception {
        AccessToken token =
                kept(facts -> facts.resources(List.of("organization:demo"))).facts();

        assertThat(check.authorizeResource(token, "dataset:alias-of-penguins")).isEqualTo("dataset:penguins");
        assertThat(codeOf(() -> check.authorizeResource(token, "job:1"))).isEqualTo("403 resource_not_allowed");
        assertThat(codeOf(() -> check.authorizeResource(token, "dataset:hidden")))
                .isEqualTo("404 not_found");
        assertThat(check.covers(token, "dataset:anything")).isTrue();
    }

    @Test
    void aRouteWithoutTheParameterIsAFaultOfTheApplicationAndOpensNothing() throws Exception {
        Admission admission = enter(withScopes("read"));

        assertThatThrownBy(() -> check.authorize(admission, on("dataset:{other}", "read"), Map.of("id", "x")::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the path has no parameter 'other'");
    }

    @ParameterizedTest
    @CsvSource({"dataset:{id},dataset:penguins", "fixed,fixed", "{id}{id},penguinspenguins", "a{id}b,apenguinsb"})
    void aTemplateIsFilledFromThePath(String template, String filled) {
        assertThat(ResourceTemplate.parse(template).fill(Map.of("id", "penguins")::get))
                .isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource({"{", "dataset:{id", "{}", "a{}b", "{a}{"})
    void aBraceWithoutItsPairIsNoTemplate(String template) {
        assertThatThrownBy(() -> ResourceTemplate.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAdmissionOfAnotherCheckIsNotLookedAt() throws Exception {
        AccessCheck other = new AccessCheck(
                TokenFormat.standard(),
                store,
                CATALOG,
                ResourceGuard.NONE,
                Clock.systemUTC(),
                new LastUses(
                        null, Duration.ZERO, new Audit(AuditListener.NONE, Clock.systemUTC()), Background.on(null)),
                null,
                ClientAddresses.DIRECT,
                new Audit(AuditListener.NONE, Clock.systemUTC()),
                Duration.ZERO);
        Admission foreign = other.authenticate(Collections.emptyIterator(), () -> HERE);

        assertThatThrownBy(() -> check.authorize(foreign, Requirement.of(Requirement.Access.PERMIT), name -> null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTokenHasTheScopeNull() throws Exception {
        assertThat(check.grants(withScopes("admin").facts(), null)).isFalse();
    }

    @Test
    void aLiveLookUpRenewsWhoTheRequestComesFrom() throws Exception {
        NewToken token = withScopes("edit");
        Admission admission = enter(token);
        AccessToken narrowed = token.facts().toBuilder().scopes(List.of("read")).build();
        store.delete(narrowed.id());
        store.add(StoredToken.of(token).with(narrowed), NOW);

        assertThat(ask(admission, all("read").reading(true, false))).isEqualTo("ok");

        assertThat(admission.accessToken()).isEqualTo(narrowed);
        assertThat(ask(admission, all("edit"))).isEqualTo("403 insufficient_scope");
    }
}
