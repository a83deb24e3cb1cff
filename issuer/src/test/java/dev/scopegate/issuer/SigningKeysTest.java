package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryKeyRing;
import dev.scopegate.store.KeyRing;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.jwt.JwtTokenStore;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in a ring, and the JWTs that they sign as the store of JWTs sees them. */
class SigningKeysTest {
    private final Desk desk = new Desk();
    private final KeyRing ring = new InMemoryKeyRing();
    private int ids = 10;

    @AfterEach
    void close() {
        desk.close();
    }

    private SigningKeys node(SigningAlgorithm algorithm) {
        return desk.signingKeys(ring, algorithm);
    }

    private String signed(SigningKeys with, Duration life) throws Exception {
        AccessToken facts = AccessToken.builder(TokenKind.JWT, "aaaaaaaaaaaa" + ids++, "ci", "ada")
                .scopes(List.of("public", "data.data"))
                .resources(List.of("dataset:a"))
                .createdAt(desk.clock.instant())
                .expiresAt(desk.clock.instant().plus(life))
                .build();
        return Objects.requireNonNull(new JwtMint(Desk.ISSUER, with).sign(facts));
    }

    private @Nullable StoredToken found(SigningKeys by, String jwt) throws Exception {
        try (JwtTokenStore store = desk.verifying(by, desk.denylist)) {
            return store.find(Objects.requireNonNull(desk.scopegate.format().read(jwt)));
        }
    }

    private static List<String> names(SigningKeys keys) throws Exception {
        return keys.reread().stream().map(JWK::getKeyID).toList();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void whatOneNodeSignsAnotherVerifies(SigningAlgorithm algorithm) throws Exception {
        SigningKeys one = node(algorithm);
        SigningKeys other = node(algorithm);

        StoredToken found = Objects.requireNonNull(found(other, signed(one, Duration.ofHours(1))));

        AccessToken facts = found.token();
        assertThat(facts.owner()).isEqualTo("ada");
        assertThat(facts.kind()).isEqualTo(TokenKind.JWT);
        assertThat(facts.name()).isEqualTo("ci");
        assertThat(facts.scopes()).containsExactly("public", "data.data");
        assertThat(facts.resources()).containsExactly("dataset:a");
        assertThat(facts.expiresAt()).isEqualTo(Instant.parse("2026-03-04T06:06:07Z"));
        assertThat(names(one)).hasSize(1);
    }

    @Test
    void aNodeSeesAtOnceThatAnotherHasMadeAKey() throws Exception {
        SigningKeys one = node(SigningAlgorithm.ES256);
        SigningKeys other = node(SigningAlgorithm.ES256);
        String before = signed(one, Duration.ofDays(400));

        one.rotate();

        assertThat(found(other, signed(one, Duration.ofHours(1)))).isNotNull();
        assertThat(found(other, before)).isNotNull();
        assertThat(names(other)).hasSize(2).isEqualTo(names(one));
        assertThat(signed(other, Duration.ofHours(1)).split("\\.", 3)[0])
                .isEqualTo(signed(one, Duration.ofHours(1)).split("\\.", 3)[0]);
    }

    @Test
    void anOldKeyVerifiesUntilTheLongestTokenThatItSignedIsOver() throws Exception {
        SigningKeys keys = node(SigningAlgorithm.ES256);
        String old = signed(keys, Duration.ofDays(30));
        String shorter = signed(keys, Duration.ofHours(1));
        keys.rotate();
        assertThat(names(keys)).hasSize(2);

        desk.clock.pass(Duration.ofDays(30).minusSeconds(1));
        StoredToken found = Objects.requireNonNull(found(keys, old));
        assertThat(found.token().statusAt(desk.clock.millis()).wireName()).isEqualTo("active");
        assertThat(Objects.requireNonNull(found(keys, shorter))
                        .token()
                        .statusAt(desk.clock.millis())
                        .wireName())
                .isEqualTo("expired");

        desk.clock.pass(Duration.ofDays(2));
        assertThat(names(keys)).hasSize(1);
        assertThat(found(keys, old)).isNull();
        keys.rotate();
        assertThat(RingKey.read(ring.read().text())).hasSize(1); // the old ones are not even kept
    }

    @Test
    void aKeyThatHasSignedForItsLifeIsFollowedByAnother() throws Exception {
        SigningKeys keys = node(SigningAlgorithm.ES256);
        String first = names(keys).get(0);
        String old = signed(keys, Duration.ofDays(365));
        desk.clock.pass(Duration.ofDays(90));

        String next = signed(keys, Duration.ofHours(1));

        assertThat(names(keys)).hasSize(2).last().isEqualTo(first);
        assertThat(found(keys, next)).isNotNull();
        assertThat(found(keys, old)).isNotNull();
    }

    @Test
    void whenAllKeysAreReplacedNothingThatTheySignedIsTaken() throws Exception {
        SigningKeys one = node(SigningAlgorithm.ES256);
        SigningKeys other = node(SigningAlgorithm.ES256);
        String old = signed(one, Duration.ofDays(30));
        assertThat(found(other, old)).isNotNull();

        one.replaceAll();

        assertThat(found(one, old)).isNull();
        desk.clock.pass(Duration.ofMinutes(1));
        assertThat(found(other, old)).isNull();
    }

    @Test
    void anotherAlgorithmMakesAnotherKeyAndTheOldTokensGoOn() throws Exception {
        SigningKeys before = node(SigningAlgorithm.HS256);
        String old = signed(before, Duration.ofDays(30));
        SigningKeys after = node(SigningAlgorithm.EDDSA);

        assertThat(found(after, old)).isNotNull();
        assertThat(found(before, signed(after, Duration.ofHours(1)))).isNotNull();
        assertThat(JWKSet.parse(after.jwks()).getKeys()).singleElement().satisfies(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getAlgorithm().getName()).isEqualTo("EdDSA");
        });
        assertThat(after.jwks()).doesNotContain("\"d\"", "\"k\"", "\"oct\"");
        assertThat(RingKey.read(ring.read().text()).toString())
                .contains("RingKey")
                .doesNotContain("\"k\"", "\"d\"");
    }

    @Test
    void ofManyNodesThatStartAtOnceOneMakesTheKey() throws Exception {
        List<String> first =
                AtOnce.run(16, thread -> names(node(SigningAlgorithm.ES256)).get(0));

        assertThat(new HashSet<>(first)).hasSize(1);
        assertThat(RingKey.read(ring.read().text())).hasSize(1);
    }

    @Test
    void manyWhoSignAndRotateAtOnceLoseNoToken() throws Exception {
        SigningKeys one = node(SigningAlgorithm.EDDSA);
        SigningKeys other = node(SigningAlgorithm.EDDSA);
        AtOnce.run(16, thread -> {
            SigningKeys keys = thread % 2 == 0 ? one : other;
            if (thread % 5 == 0) keys.rotate();
            AccessToken facts = AccessToken.builder(TokenKind.JWT, "aaaaaaaaaaaaaa", "ci", "ada")
                    .createdAt(desk.clock.instant())
                    .expiresAt(desk.clock.instant().plus(Duration.ofDays(10L * thread + 1)))
                    .build();
            String jwt = Objects.requireNonNull(new JwtMint(Desk.ISSUER, keys).sign(facts));
            assertThat(found(keys == one ? other : one, jwt)).isNotNull();
            return jwt;
        });
        assertThat(names(one)).isEqualTo(names(other)).hasSize(5);
    }

    @Test
    void aSealedRingShowsNothingAndOpensUnderItsKeyAlone() throws Exception {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        SigningKeys one = desk.signingKeys(new SealedKeyRing(ring, secret), SigningAlgorithm.ES256);
        String text = ring.read().text();
        assertThat(text).isNotEmpty().doesNotContain("\"", names(one).get(0));
        assertThat(new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1))
                .doesNotContain("\"kty\"");
        SigningKeys other = desk.signingKeys(new SealedKeyRing(ring, secret), SigningAlgorithm.ES256);
        assertThat(found(other, signed(one, Duration.ofDays(7)))).isNotNull();

        byte[] another = secret.clone();
        another[31] ^= 1;
        assertThatThrownBy(() -> new SealedKeyRing(ring, another).read())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("secret-key");
        assertThatThrownBy(() -> new SealedKeyRing(ring, new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.replace(ring.read(), "AAAA")).isTrue();
        assertThatThrownBy(() -> one.reread()).isInstanceOf(Unavailable.class);
    }

    @Test
    void aRingThatHoldsSomethingElseGrantsNothing() throws Exception {
        SigningKeys keys = node(SigningAlgorithm.ES256);
        String jwt = signed(keys, Duration.ofHours(1));
        assertThat(ring.replace(ring.read(), "[{}]")).isTrue();
        desk.clock.pass(Duration.ofMinutes(1));

        assertThatThrownBy(() -> found(keys, jwt)).isInstanceOf(Unavailable.class);
    }
}
