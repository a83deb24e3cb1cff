package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {
    private static final TokenFormat FORMAT = TokenFormat.standard();
    private static final String OURS = "sgp_0123456789ABCDabcdefghijklmnopqrstuvwxyzABCD3SWw2z";

    /** The token, or {@code none}, or the refusal's code. */
    static String read(String line) {
        BearerToken token = AuthorizationHeader.read(line, FORMAT);
        if (token != null) return token.reveal();
        return switch (AuthorizationHeader.fault(line)) {
            case NO_BEARER -> "none";
            case MORE_THAN_ONE -> "invalid_request";
            case NO_TOKEN -> "invalid_token";
        };
    }

    /** {@code ~} stands for a tab, {@code ^} for a NUL, {@code §} for a line end. */
    @ParameterizedTest(name = "[{0}] is {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // well-formed
                "Bearer a;a",
                "bearer a;a",
                "BEARER a;a",
                "bEaReR a;a",
                "Bearer  a;a",
                "Bearer        a;a",
                "Bearer a ;a",
                "Bearer a   ;a",
                "Bearer a~;a",
                "Bearer a ~ ;a",
                " Bearer a;a",
                "Bearer a=;a=",
                "Bearer a====;a====",
                "Bearer -._+/Az09;-._+/Az09",
                "Bearer mF_9.B5f-4.1JqM;mF_9.B5f-4.1JqM",
                "Bearer eyJhbGciOiJub25lIn0.e30.;eyJhbGciOiJub25lIn0.e30.",
                "Bearer Bearer;Bearer",
                "Bearer " + OURS + ";" + OURS,
                // no credentials of ours
                "``;none",
                "` `;none",
                "` ~ `;none",
                "BearerX a;none",
                "Bearer-X a;none",
                "Bearer1 a;none",
                "Bear a;none",
                "Beare;none",
                "Basic YTpi;none",
                "basic;none",
                "Basic;none",
                "Token Bearer a;none",
                "DPoP a;none",
                "Negotiate YII=;none",
                "Digest username=\"a\", realm=\"b\", nonce=\"c\";none",
                "Digest username=\"a, Bearer b\", realm=\"c\";none",
                "Digest username=\"a\\\", Bearer b\", realm=\"c\";none",
                "Digest username=\"a\" , realm = \"b\" , nc=1;none",
                "Digest username=\"a,b,c\",qop=auth;none",
                "Basic a,;none",
                "Basic a,b;none",
                "\"Bearer a\";none",
                "Ｂearer a;none",
                // more than one
                "Bearer a, Basic b;invalid_request",
                "Bearer a,Basic b;invalid_request",
                "Bearer a ,Basic b;invalid_request",
                "Bearer a~,~Basic~b;invalid_request",
                "Bearer a, Bearer b;invalid_request",
                "Bearer a,, Bearer b;invalid_request",
                "Basic a, Bearer b;invalid_request",
                "basic YTpi,bearer b;invalid_request",
                "Bearer , Basic b;invalid_request",
                "Bearer, Basic b;invalid_request",
                "Digest username=\"a\", Bearer b;invalid_request",
                "Digest username=\"a\", realm=\"b, c\", Bearer d;invalid_request",
                "X, Bearer b;invalid_request",
                ", Bearer b;invalid_request",
                // ill-formed
                "Bearer;invalid_token",
                "bearer;invalid_token",
                "Bearer ;invalid_token",
                "Bearer    ;invalid_token",
                "Bearer~a;invalid_token",
                "Bearer ~a;invalid_token",
                "Bearer a b;invalid_token",
                "Bearer a,;invalid_token",
                "Bearer a, ;invalid_token",
                "Bearer a,b;invalid_token",
                "Bearer a, b;invalid_token",
                "Bearer ,a;invalid_token",
                "Bearer a, realm=\"x\";invalid_token",
                "Bearer a, realm = \"x\";invalid_token",
                "Bearer realm=\"x\";invalid_token",
                "Bearer token=a;invalid_token",
                "Bearer \"a\";invalid_token",
                "Bearer =;invalid_token",
                "Bearer =a;invalid_token",
                "Bearer a=b;invalid_token",
                "Bearer a==b=;invalid_token",
                "Bearer a= =;invalid_token",
                "Bearer a:b;invalid_token",
                "Bearer a%20b;invalid_token",
                "Bearer a\\b;invalid_token",
                "Bearer a@b;invalid_token",
                "Bearer é;invalid_token",
                "Bearer aé;invalid_token",
                "Bearer ａ;invalid_token",
                "Bearer a^;invalid_token",
                "Bearer ^a;invalid_token",
                "Bearer^a;invalid_token",
                "Bearer a§;invalid_token",
                "Bearer a§Basic b;invalid_token",
                "Bearer:a;invalid_token",
                "Bearer=a;invalid_token",
                "Bearer,a;invalid_token",
                "Bearer sgp_abc;invalid_token",
                "Bearer " + OURS + "0;invalid_token",
                "Bearer sgp_0123456789ABCDabcdefghijklmnopqrstuvwxyzABCD3SWw2Z;invalid_token",
            })
    void aHeaderIsWhatItIs(String line, String expected) {
        assertThat(read(line.replace('~', '\t').replace('^', '\0').replace('§', '\n')))
                .isEqualTo(expected);
    }

    /** Such a character is one byte where two chars stood, so that all behind it would be looked for in a wrong place. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + OURS, "Bearer eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl", "Bearer a"})
    void aCharacterOfTwoHalvesIsPartOfNoToken(String line) {
        for (int at = 0; at <= line.length(); at++) {
            for (int length = 0; length <= 2 && at + length <= line.length(); length++) {
                String odd = line.substring(0, at) + "\uD83D\uDE00" + line.substring(at + length);
                assertThat(AuthorizationHeader.read(odd, FORMAT)).as(odd).isNull();
            }
        }
    }

    @Test
    void aTildeIsPartOfAToken() {
        assertThat(read("Bearer a~b")).isEqualTo("a~b");
    }

    @Test
    void aTokenHasAtMostEightThousandOneHundredAndNinetyTwoCharacters() {
        String longest = "a".repeat(8_192);

        assertThat(read("Bearer " + longest)).isEqualTo(longest);
        assertThat(read("Bearer   " + longest + "  ")).isEqualTo(longest);
        assertThat(read("Bearer " + longest + "a")).isEqualTo("invalid_token");
        assertThat(read("Bearer " + longest + "=")).isEqualTo("invalid_token");
        assertThat(read("Bearer " + "a".repeat(8_191) + "=")).hasSize(8_192);
        assertThat(read("Bearer " + "a".repeat(10_000_000))).isEqualTo("invalid_token");
    }
}
