package dev.scopegate.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.scope.ScopeSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private final Challenge plain = new Challenge("hub", null);

    @Test
    void withoutCredentialsThereIsNoErrorParameter() {
        assertThat(plain.of(Problem.notAuthenticated())).isEqualTo("Bearer realm=\"hub\"");
        assertThat(new Challenge("hub", "https://hub.example/.well-known/oauth-protected-resource")
                        .of(Problem.notAuthenticated()))
                .isEqualTo("Bearer realm=\"hub\", resource_metadata=\"https://hub.example/.well-known/"
                        + "oauth-protected-resource\"");
    }

    @Test
    void anInvalidTokenIsNamedAndDescribed() {
        assertThat(plain.of(Problem.invalidToken()))
                .isEqualTo("Bearer realm=\"hub\", error=\"invalid_token\","
                        + " error_description=\"The provided token is expired or invalid.\"");
        assertThat(plain.of(Problem.invalidRequest())).contains("error=\"invalid_request\"");
    }

    @Test
    void aTooSmallScopeIsToldWhichOneIsNeeded() {
        assertThat(plain.of(Problem.insufficientScope(List.of("data.data", "job:list"), ScopeSet.of("public"))))
                .isEqualTo("Bearer realm=\"hub\", error=\"insufficient_scope\","
                        + " error_description=\"The token lacks a scope that this request needs.\","
                        + " scope=\"data.data job:list\"");
    }

    @Test
    void otherRefusalsHaveNoChallenge() {
        for (Problem problem : List.of(
                Problem.resourceNotAllowed(),
                Problem.ipNotAllowed(),
                Problem.permissionDenied(),
                Problem.notFound(),
                Problem.badRequest(),
                Problem.unavailable(5),
                Problem.of(409, "conflict", "x"),
                Problem.validation(List.of(new Problem.Item("x", "x", "x", null))))) {
            assertThat(plain.of(problem)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"b",
                "a\\",
                "a\\\"",
                "a\r\nSet-Cookie: x=y",
                "a\nb",
                "a\0b",
                "a\tb",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "café",
                "😀",
                "\", error=\"none",
            })
    void noRealmEndsItsQuotesOrTheHeader(String realm) {
        String value = new Challenge(realm, realm).of(Problem.invalidToken());

        assertThat(value).isNotNull().matches("[\\x20-\\x7e]*");
        // independent reading: parameters of quoted-strings joined by commas, and nothing else
        String quoted = "\"(?:[^\"\\\\]|\\\\.)*\"";
        assertThat(value)
                .matches("Bearer realm=" + quoted + ", resource_metadata=" + quoted
                        + ", error=\"invalid_token\", error_description=" + quoted);
    }

    @Test
    void quotesAndBackslashesAreEscapedAndTheUnprintableReplaced() {
        assertThat(new Challenge("a\"b\\c\r\né", null).of(Problem.notAuthenticated()))
                .isEqualTo("Bearer realm=\"a\\\"b\\\\c???\"");
    }
}
