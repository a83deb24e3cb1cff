package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.testkit.TestTokens;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are this store's to decide: all that name an issuer of ours, sound or not, and no others. */
class ClaimingTest extends JwtHarness {
    private TestKey key;
    private JwtTokenStore store;

    @BeforeEach
    void openStore() throws Exception {
        key = TestKey.ed25519("k");
        store = open(key);
    }

    private boolean claims(String token) {
        return store.claims(present(token));
    }

    private static String payload(String json) {
        return "eyJ9." + Forge.base64(json.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"https://idp.example\"}",
                " {\"a\":[{\"iss\":1}],\"iss\":\"https:\\/\\/idp.example\"}",
                "{\"\\u0069ss\":\"https://idp.example\",\"iss\":\"other\"}",
                "{\"iss\":\"other\",\"iss\":\"https://idp.example\"}",
                "{\"iss\":\"https://idp.example\",\"broken",
            })
    void aPayloadOfOurIssuerIsOurs(String json) {
        assertThat(claims(payload(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"https://idp.example/\"}",
                "{\"a\":{\"iss\":\"https://idp.example\"}}",
                "{\"iss\":[\"https://idp.example\"]}",
                "{\"sub\":\"https://idp.example\"}",
                "[\"iss\",\"https://idp.example\"]",
                "{}",
                "iss",
                "",
            })
    void anyOtherIsNot(String json) {
        assertThat(claims(payload(json))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", ".", "..", "a.b.c", "a.=.c", "a.~~~~.c", "a..c", "a.e30.c", "8f1e.+/+/.zz"})
    void tokensOfOtherShapesAreNot(String token) {
        assertThat(claims(token)).isFalse();
    }

    @Test
    void aTokenOfOursThatWasSpoiltIsStillOurs() throws Exception {
        String sound = new Forge(key).signedBy(key);
        String[] part = sound.split("\\.", -1);

        assertThat(claims(sound)).isTrue();
        assertThat(claims(sound + ".x.y")).isTrue();
        assertThat(claims(part[0] + "." + part[1])).isTrue();
        for (String more : new String[] {"A", "AA", "AAA"}) {
            assertThat(claims(part[0] + "." + part[1] + more + "." + part[2]))
                    .as(more)
                    .isTrue();
        }
        assertThat(claims(new Forge(key).claim("z", "z".repeat(20_000)).signedBy(key)))
                .isTrue();
    }

    @Test
    void aTokenOfOurOwnFormatIsNeverAJwt() throws Exception {
        TestTokens minted = new TestTokens();

        assertThat(store.claims(minted.present(minted.mint("ada", "ci")))).isFalse();
        assertThat(store.find(minted.present(minted.mint("ada", "ci")))).isNull();
    }
}
