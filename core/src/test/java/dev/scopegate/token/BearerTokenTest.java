package dev.scopegate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Secrets: how they are compared, and that they show nowhere. */
class BearerTokenTest {
    private static final String VECTOR = "sgp_0123456789ABCDabcdefghijklmnopqrstuvwxyzABCD3SWw2z";
    private static final String SHA_256 = "22ce81c762374e2766fd65bd61b141f6c875f9f15e9f912db95ff46f97a3bea9";
    private static final String HMAC = "d01c399124e361f9f272feb67fc222bf0a339c3eafbb2153f830bb6578aa375e";

    private final TestTokens tokens = new TestTokens();
    private final TokenFormat keyed = new TokenFormat(
            Map.of(), "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), new SecureRandom());

    private static BearerToken read(TokenFormat format, String text) {
        return Objects.requireNonNull(format.read(text));
    }

    @Test
    void theHashOfASecretIsThatOfItsThirtyCharacters() {
        assertThat(tokens.read(VECTOR).hash().hex()).isEqualTo(SHA_256);
        assertThat(read(keyed, VECTOR).hash().hex()).isEqualTo(HMAC);
        assertThat(read(keyed, VECTOR).hash().algorithm()).isEqualTo(SecretHash.Algorithm.HMAC_SHA_256);
    }

    @Test
    void aServerWithAKeyStillOpensWhatWasStoredWithoutOne() {
        assertThat(SecretHash.ofHex(SecretHash.Algorithm.SHA_256, SHA_256).matches(read(keyed, VECTOR)))
                .isTrue();
        assertThat(SecretHash.ofHex(SecretHash.Algorithm.HMAC_SHA_256, HMAC).matches(read(keyed, VECTOR)))
                .isTrue();
        assertThat(SecretHash.ofHex(SecretHash.Algorithm.HMAC_SHA_256, HMAC).matches(tokens.read(VECTOR)))
                .isFalse();
    }

    @Test
    void anotherServersKeyOpensNothing() {
        TokenFormat other = new TokenFormat(Map.of(), new byte[32], new SecureRandom());

        assertThat(SecretHash.ofHex(SecretHash.Algorithm.HMAC_SHA_256, HMAC).matches(read(other, VECTOR)))
                .isFalse();
    }

    @Test
    void aHashThatHasProvenOneSecretStillRefusesAnother() {
        SecretHash hash = SecretHash.ofHex(SecretHash.Algorithm.SHA_256, SHA_256);
        for (int i = 0; i < 3; i++) {
            assertThat(hash.matches(tokens.read(VECTOR))).isTrue();
            assertThat(hash.matches(tokens.guess("0123456789ABCD"))).isFalse();
            assertThat(hash.matches(tokens.read(VECTOR).withoutSecret())).isFalse();
        }
    }

    @Test
    void hashesAreEqualWhenAlgorithmAndBytesAre() {
        SecretHash hash = SecretHash.ofHex(SecretHash.Algorithm.SHA_256, SHA_256);
        SecretHash same = SecretHash.ofHex(SecretHash.Algorithm.SHA_256, SHA_256);
        hash.matches(tokens.read(VECTOR));

        assertThat(hash).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(hash)
                .isNotEqualTo(SecretHash.ofHex(SecretHash.Algorithm.HMAC_SHA_256, SHA_256))
                .isNotEqualTo(SecretHash.ofHex(SecretHash.Algorithm.SHA_256, HMAC))
                .isNotEqualTo(SHA_256);
        assertThat(hash.hex()).isEqualTo(SHA_256);
    }

    @Test
    void aHashHasExactlyThirtyTwoBytes() {
        for (String hex : List.of("", "00", SHA_256 + "00", SHA_256.substring(2), "x" + SHA_256.substring(1))) {
            assertThatThrownBy(() -> SecretHash.ofHex(SecretHash.Algorithm.SHA_256, hex))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTokenWithoutItsSecretHasTheSameKeyAndOpensNothing() {
        NewToken token = tokens.mint("ada", "ci");
        BearerToken bare = tokens.present(token).withoutSecret();

        assertThat(bare.lookUpKey()).isEqualTo(token.facts().id());
        assertThat(bare.isOpaque()).isTrue();
        assertThat(bare.reveal()).isEmpty();
        assertThat(StoredToken.of(token).opensWith(bare, 0)).isFalse();
    }

    @Test
    void theKeyOfAForeignTokenIsTheHashOfAllOfIt() {
        BearerToken foreign = tokens.read("eyJ.foreign.token");

        assertThat(foreign.lookUpKey()).isEqualTo("455a63d3ded85894781499c00eb3e7d41fd7fe856d939df0a127287bb5c4acb8");
        assertThat(foreign.withoutSecret().reveal()).isEqualTo("eyJ.foreign.token");
    }

    @Test
    void noTextOfAnyObjectShowsASecret() {
        NewToken minted = tokens.mint("ada", "ci");
        StoredToken stored = StoredToken.of(minted);
        BearerToken presented = tokens.present(minted);
        BearerToken foreign = tokens.read("eyJ.foreign.token");

        String secret = minted.reveal().substring(18, 48);
        for (Object one :
                List.of(minted, stored, presented, presented.hash(), minted.facts(), tokens.format(), foreign)) {
            assertThat(one.toString())
                    .doesNotContain(secret)
                    .doesNotContain(minted.reveal())
                    .doesNotContain(minted.hash().hex())
                    .doesNotContain("foreign.token");
        }
        assertThat(presented).hasToString("personal token " + presented.id() + "…");
        assertThat(minted.toString()).contains(minted.facts().id());
    }

    @Test
    void noFieldOfAStoredTokenHoldsTheSecret() throws Exception {
        NewToken minted = tokens.mint("ada", "ci");
        StoredToken stored = StoredToken.of(minted);
        assertThat(stored.opensWith(tokens.present(minted), 0)).isTrue();

        for (java.lang.reflect.Field field : SecretHash.class.getDeclaredFields()) {
            if (java.lang.reflect.Modifier.isStatic(field.getModifiers())) continue;
            field.setAccessible(true);
            Object value = field.get(stored.secrets().get(0).hash());
            assertThat(value).isInstanceOfAny(SecretHash.Algorithm.class, byte[].class, Long.class);
        }
    }

    @Test
    void namesOfKindsAndStatesGoThereAndBack() {
        for (TokenKind kind : TokenKind.values())
            assertThat(TokenKind.ofWireName(kind.wireName())).isEqualTo(kind);
        assertThat(TokenKind.API_KEY_SECRET.wireName()).isEqualTo("api_key_secret");
        assertThat(TokenStatus.REVOKED.wireName()).isEqualTo("revoked");
        assertThatThrownBy(() -> TokenKind.ofWireName("PERSONAL")).isInstanceOf(IllegalArgumentException.class);
    }
}
