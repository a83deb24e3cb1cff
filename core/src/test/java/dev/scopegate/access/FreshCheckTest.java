package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.NewToken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asking the store once more, and what an admission keeps for that. */
class FreshCheckTest extends AccessHarness {
    @Test
    void anAdmissionShowsNoSecretAndForgetsItsCredential() throws Exception {
        NewToken token = withScopes("read");
        Admission admission = enter(token);

        assertThat(admission.toString())
                .contains(token.facts().id(), "ada")
                .doesNotContain(token.reveal().substring(18));
        admission.forgetCredential();
        assertThat(admission.presented()).isNull();
        assertThat(ask(admission, Requirement.of(Requirement.Access.TOKEN))).isEqualTo("ok");
        assertThat(ask(admission, all("read").reading(true, false))).isEqualTo("401 invalid_token");
    }

    @Test
    void freshReadsPastTheCacheAndSeesARevocation() throws Exception {
        NewToken token = withScopes("read");
        Admission admission = enter(token);
        Requirement fresh = all("read").reading(true, false);
        assertThat(ask(admission, fresh)).isEqualTo("ok");
        assertThat(live).isEqualTo(1);

        store.revoke(token.facts().id(), NOW, "ada");

        assertThat(ask(admission, all("read"))).isEqualTo("ok");
        assertThat(ask(admission, fresh)).isEqualTo("401 invalid_token");
        down = true;
        assertThat(ask(admission, fresh)).isEqualTo("503 unavailable");
    }

    @Test
    void freshJudgesByTheScopesOfNow() throws Exception {
        NewToken token = withScopes("read");
        Admission admission = enter(token);
        store.delete(token.facts().id());
        AccessToken edited = token.facts().toBuilder().scopes(List.of("jobs")).build();
        store.add(StoredToken.of(token).with(edited), NOW);

        assertThat(ask(admission, all("read").reading(true, false))).isEqualTo("403 insufficient_scope");
        assertThat(ask(admission, all("jobs").reading(true, false))).isEqualTo("ok");
    }
}
