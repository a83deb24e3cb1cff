package dev.scopegate.store.jwt;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.Network;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verified JWT's claims mean here. */
class FactsTest extends JwtHarness {
    private TestKey key;

    @BeforeEach
    void makeKey() throws Exception {
        key = TestKey.ed25519("ed");
    }

    private AccessToken facts(Forge forge) throws Exception {
        return facts(open(key), forge.signedBy(key));
    }

    private boolean accepts(Forge forge) throws Exception {
        return find(open(key), forge.signedBy(key)) != null;
    }

    @Test
    void anotherIssuersTokenIsItsSubjectsUnderItsName() throws Exception {
        AccessToken token = facts(new Forge(key));

        assertThat(token.kind()).isEqualTo(TokenKind.JWT);
        assertThat(token.id()).isEqualTo("https://idp.example|t-1");
        assertThat(token.owner()).isEqualTo("https://idp.example|ada");
        assertThat(token.createdBy()).isEqualTo("https://idp.example");
        assertThat(token.scopes()).containsExactly("public", "data.data");
        assertThat(token.createdAt()).isEqualTo(Instant.ofEpochSecond(NOW.getEpochSecond()));
        assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW.getEpochSecond() + 3_600));
        assertThat(token.clockSkew()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void ourOwnTokenKeepsItsNamesAndItsLimits() throws Exception {
        settings.put("jwt-own", "true");
        AccessToken token = facts(new Forge(key)
                .claim("scope", "public tokens.manage admin")
                .claim("resources", List.of("dataset:penguins"))
                .claim("allowed_networks", List.of("127.0.0.0/8")));

        assertThat(token.id()).isEqualTo("t-1");
        assertThat(token.owner()).isEqualTo("ada");
        assertThat(token.createdBy()).isEqualTo("ada");
        assertThat(token.scopes()).containsExactly("public", "tokens.manage", "admin");
        assertThat(token.resources()).containsExactly("dataset:penguins");
        assertThat(token.allowedNetworks()).containsExactly(Network.parse("127.0.0.0/8"));
    }

    @Test
    void ourOwnTokenHasAnIdAndWellFormedLimits() throws Exception {
        settings.put("jwt-own", "true");

        assertThat(accepts(new Forge(key).claim("jti", null))).isFalse();
        assertThat(accepts(new Forge(key).claim("resources", 7))).isFalse();
        assertThat(accepts(new Forge(key).claim("allowed_networks", List.of("everywhere"))))
                .isFalse();
    }

    @Test
    void aTokenWithoutIdIsNamedByAHashOfItself() throws Exception {
        AccessToken one = facts(new Forge(key).claim("jti", null));
        AccessToken other = facts(new Forge(key).claim("jti", null).claim("n", 2));

        assertThat(one.id())
                .matches("https://idp\\.example\\|sha256:[0-9a-f]{32}")
                .isNotEqualTo(other.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                | public admin tokens.read tokens.manage data.data | public data.data",
                "-                | administrator admin.x tokens                     | administrator admin.x tokens",
                "data.data        | public data.data                                 | data.data",
                "data.*           | data data. data.data data.edit database.x        | data. data.data data.edit",
                "tokens.read      | tokens.read tokens.manage                        | tokens.read",
                "public data.edit | '  public   nothing  '                           | public",
                "-                | 'a\"b public'                                    | public",
                "-                | ''                                               | ''",
            })
    void scopesPassTheIssuersList(String allowed, String claimed, String granted) throws Exception {
        if (allowed != null) settings.put("jwt-scopes", allowed);

        assertThat(facts(new Forge(key).claim("scope", claimed)).scopes()).hasToString(granted);
    }

    @Test
    void scopesAreATextOrAnArrayInEitherClaim() throws Exception {
        Forge none = new Forge(key).claim("scope", null);

        assertThat(facts(none).scopes()).isEmpty();
        assertThat(facts(none.claim("scp", List.of("a", "b"))).scopes()).containsExactly("a", "b");
        assertThat(facts(none.claim("scp", "a b")).scopes()).containsExactly("a", "b");
        assertThat(facts(none.claim("scope", List.of("c"))).scopes()).containsExactly("c");
    }

    @Test
    void oneOfSeveralAudiencesIsEnough() throws Exception {
        settings.put("jwt-audience", "hub  https://hub.example/api");

        assertThat(accepts(new Forge(key).claim("aud", List.of("shop", "https://hub.example/api"))))
                .isTrue();
        assertThat(accepts(new Forge(key).claim("aud", "https://hub.example/api")))
                .isTrue();
        assertThat(accepts(new Forge(key).claim("aud", List.of("shop")))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, 28999", "0, 29999", "0.5, 30499"})
    void anExpiredTokenIsFoundAndItsFactsSaySo(double expiresAfter, long lastMillis) throws Exception {
        long second = NOW.getEpochSecond();
        AccessToken token = facts(new Forge(key).claim("exp", second + expiresAfter));

        assertThat(token.statusAt(second * 1_000 + lastMillis)).isEqualTo(TokenStatus.ACTIVE);
        assertThat(token.statusAt(second * 1_000 + lastMillis + 1)).isEqualTo(TokenStatus.EXPIRED);
    }

    @Test
    void theSkewHoldsToTheMillisecondForWhatLiesAhead() throws Exception {
        long ahead = NOW.getEpochSecond() + 30; // NOW is 89 ms later
        for (String claim : List.of("nbf", "iat")) {
            assertThat(accepts(new Forge(key).claim(claim, ahead))).as(claim).isTrue();
            assertThat(accepts(new Forge(key).claim(claim, ahead + 0.089)))
                    .as(claim)
                    .isTrue();
            assertThat(accepts(new Forge(key).claim(claim, ahead + 0.091)))
                    .as(claim)
                    .isFalse();
        }
        settings.put("jwt-clock-skew", "0");
        assertThat(accepts(new Forge(key).claim("nbf", NOW.getEpochSecond() + 1)))
                .isFalse();
    }

    @Test
    void everyDateOfOurEraIsRead() throws Exception {
        assertThat(facts(new Forge(key).claim("exp", 253_402_300_799L)).expiresAt())
                .isEqualTo("9999-12-31T23:59:59Z");
        assertThat(facts(new Forge(key).claim("exp", 1_900_000_000.25)).expiresAt())
                .isEqualTo("2030-03-17T17:46:40.250Z");
        assertThat(facts(new Forge(key).claim("exp", 0)).expiresAt()).isEqualTo(Instant.EPOCH);
        assertThat(accepts(new Forge(key).claim("sub", "a".repeat(255)))).isTrue();
        assertThat(accepts(new Forge(key).claim("other", Map.of("deep", List.of(1, 2)))))
                .isTrue();
    }
}
