package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.net.Network;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who comes in, and what open, closed and session paths say to each. */
class AccessCheckTest extends AccessHarness {
    private static final Requirement ANY_TOKEN = Requirement.of(Requirement.Access.TOKEN);
    private static final Requirement PERMIT = Requirement.of(Requirement.Access.PERMIT);
    private static final Requirement SESSION = Requirement.of(Requirement.Access.SESSION);
    private static final Requirement DENY = Requirement.of(Requirement.Access.DENY);

    @Test
    void aGoodTokenIsLetInAsItself() throws Exception {
        NewToken token = withScopes("read");

        Admission admission = enter(token);

        assertThat(admission.accessToken()).isEqualTo(token.facts());
        assertThat(admission.madeBy(check)).isTrue();
        assertThat(ask(admission, ANY_TOKEN)).isEqualTo("ok");
        assertThat(AccessToken.current(name -> AccessToken.ATTRIBUTE.equals(name) ? admission : null))
                .isEqualTo(token.facts());
    }

    @Test
    void everyBadTokenLooksTheSame() throws Exception {
        NewToken token = withScopes("read");
        NewToken expired = kept(facts -> facts.expiresAt(NOW));
        NewToken revoked = withScopes("read");
        store.revoke(revoked.facts().id(), NOW, "ada");
        NewToken deleted = withScopes("read");
        store.delete(deleted.facts().id());
        String otherSecret = tokens.guess(token.facts().id()).reveal();
        String foreignServer = new TestTokens().mint("ada", "elsewhere").reveal();

        for (String bad : List.of(
                expired.reveal(),
                revoked.reveal(),
                deleted.reveal(),
                otherSecret,
                foreignServer,
                "sgp_x",
                "eyJ.a.b",
                "",
                "a b")) {
            Admission admission = enter("Bearer " + bad);
            assertThat(admission.accessToken()).isNull();
            assertThat(admission.withoutCredentials()).isFalse();
            assertThat(ask(admission, ANY_TOKEN)).as(bad).isEqualTo("401 invalid_token");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenKind.class,
            names = {"REFRESH", "API_KEY_SECRET"})
    void refreshTokensAndApiKeySecretsNeverOpenAnything(TokenKind kind) throws Exception {
        NewToken token = kept(kind, facts -> facts.scopes(List.of("admin")));

        assertThat(ask(enter(token), ANY_TOKEN)).isEqualTo("401 invalid_token");
    }

    @Test
    void aSecretOfOneKindDoesNotOpenTheOtherKindsToken() throws Exception {
        NewToken refresh = kept(TokenKind.REFRESH, facts -> facts);
        String dressedUp =
                tokens.format().mint(TokenKind.PERSONAL, refresh.facts().id()).reveal();

        assertThat(ask(enter("Bearer " + dressedUp), ANY_TOKEN)).isEqualTo("401 invalid_token");
    }

    @Test
    void withoutCredentialsTheAnswerSaysSo() {
        for (Admission admission : List.of(enter(), enter(""), enter("Basic YTpi"))) {
            assertThat(admission.withoutCredentials()).isTrue();
            assertThat(ask(admission, ANY_TOKEN)).isEqualTo("401 not_authenticated");
            assertThat(ask(admission, DENY)).isEqualTo("401 not_authenticated");
        }
    }

    @Test
    void twoCredentialsAreABadRequest() throws Exception {
        String good = "Bearer " + withScopes("read").reveal();

        assertThat(ask(enter(good, good), ANY_TOKEN)).isEqualTo("400 invalid_request");
        assertThat(ask(enter(good + ", Basic x"), SESSION)).isEqualTo("400 invalid_request");
        for (String other : List.of("Basic a", "", "nonsense \0")) {
            assertThat(ask(enter(good, other), SESSION)).isEqualTo("400 invalid_request");
            assertThat(ask(enter(other, good), SESSION)).isEqualTo("400 invalid_request");
            assertThat(ask(enter(other, other, other), SESSION)).isEqualTo("400 invalid_request");
        }
    }

    @Test
    void whatIsThrownIsAlsoSaidWithoutThrowing() throws Exception {
        NewToken token = withScopes("read");
        down = true;
        Admission unsure = enter(token);
        down = false;
        for (Admission admission : List.of(enter(token), enter(), enter("Bearer x"), enter("a", "b"), unsure)) {
            for (Requirement need : List.of(PERMIT, SESSION, DENY, ANY_TOKEN, all("edit"), on("dataset:hidden"))) {
                Problem problem = check.refusal(admission, need, name -> null);
                String said = problem == null ? "ok" : problem.status() + " " + problem.code();
                assertThat(said).isEqualTo(ask(admission, need));
            }
        }
    }

    @Test
    void aScopeRefusalIsKeptForTheSameScopesOnly() throws Exception {
        Requirement edit = all("edit");
        Problem refused = check.refusal(enter(withScopes("read")), edit, name -> null);

        assertThat(refused).isNotNull();
        assertThat(check.refusal(enter(withScopes("read")), all("edit"), name -> null))
                .isSameAs(refused);
        assertThat(check.refusal(enter(withScopes()), edit, name -> null)).isNotEqualTo(refused);
        assertThat(check.refusal(enter(withScopes("read")), all("admin"), name -> null))
                .isNotEqualTo(refused);
    }

    @Test
    void whatIsPermittedIsOpenToGoodBadMissingAndUncheckableCredentials() throws Exception {
        NewToken token = withScopes("read");

        assertThat(ask(enter(token), PERMIT)).isEqualTo("ok");
        assertThat(ask(enter(), PERMIT)).isEqualTo("ok");
        assertThat(ask(enter("Bearer x"), PERMIT)).isEqualTo("ok");
        assertThat(ask(enter("a", "b"), PERMIT)).isEqualTo("ok");
        down = true;
        assertThat(ask(enter(token), PERMIT)).isEqualTo("ok");
        assertThat(enter(token).accessToken()).isNull();
    }

    @Test
    void aSessionPathIsOpenWithoutTheHeaderAndJudgesAHeaderThatIsThere() throws Exception {
        NewToken token = withScopes("read");

        assertThat(ask(enter(), SESSION)).isEqualTo("ok");
        assertThat(ask(enter(token), SESSION)).isEqualTo("ok");
        assertThat(ask(enter("Bearer x"), SESSION)).isEqualTo("401 invalid_token");
        down = true;
        assertThat(ask(enter(token), SESSION)).isEqualTo("503 unavailable");
    }

    @Test
    void whatIsDeniedIsDeniedToAdministratorsToo() throws Exception {
        assertThat(ask(enter(withScopes("admin")), DENY)).isEqualTo("403 permission_denied");
        assertThat(ask(enter(withScopes("admin")), DENY.reading(false, true))).isEqualTo("404 not_found");
    }

    @Test
    void whenTheStoreIsDownNobodyIsLetIn() throws Exception {
        NewToken token = withScopes("admin");
        down = true;

        Admission admission = enter(token);

        assertThat(admission.accessToken()).isNull();
        assertThat(ask(admission, ANY_TOKEN)).isEqualTo("503 unavailable");
        assertThat(ask(admission, DENY)).isEqualTo("503 unavailable");
    }

    @Test
    void aTokenWithNetworksIsUsedFromThereOnly() throws Exception {
        NewToken token = kept(
                facts -> facts.allowedNetworks(List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32"))));
        String line = "Bearer " + token.reveal();

        for (String inside : List.of("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1")) {
            Admission admission = check.authenticate(List.of(line).iterator(), () -> ClientAddress.ofPeer(inside));
            assertThat(ask(admission, ANY_TOKEN)).as(inside).isEqualTo("ok");
        }
        for (String outside : List.of("11.1.2.3", "2001:db9::1", "unknown", "")) {
            Admission admission = check.authenticate(List.of(line).iterator(), () -> ClientAddress.ofPeer(outside));
            assertThat(ask(admission, ANY_TOKEN)).as(outside).isEqualTo("403 ip_not_allowed");
            assertThat(admission.accessToken()).isNull();
        }
    }

    @Test
    void whyATokenWasRefusedStandsInTheLogAndTheTokenDoesNot() throws Exception {
        NewToken token = withScopes("read");
        store.revoke(token.facts().id(), NOW, "ada");
        String guess = tokens.guess(token.facts().id()).reveal();
        try (LogLines log = new LogLines()) {
            enter(token);
            enter("Bearer " + guess);
            enter("Bearer eyJ.s3cret.b");
            down = true;
            enter(token);

            String all = String.join("\n", log.all());
            assertThat(all)
                    .contains(
                            "revoked", "wrong_secret", "unknown", token.facts().id());
            assertThat(all).doesNotContain(token.reveal().substring(18), guess.substring(18), "s3cret");
        }
    }

    @Test
    void refusalsAreExceptionsWithTheirProblem() {
        assertThatThrownBy(() -> check.authorize(enter(), ANY_TOKEN, name -> null))
                .isInstanceOf(AccessDenied.class);
    }
}
