package dev.scopegate.store.jwt;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryDenylist;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.Eventually;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** This service's own tokens, verified with keys of this process: a key pair and a secret at once, as after a change of mind. */
class OwnTokensTest {
    /** Keys that a test puts there. */
    private static final class Ring implements OwnKeys {
        private volatile List<JWK> known = List.of();
        private volatile List<JWK> kept = List.of();
        private boolean out;
        private boolean silent;
        private final AtomicInteger reads = new AtomicInteger();
        private volatile CountDownLatch answers = new CountDownLatch(0);

        @Override
        public List<JWK> current() throws Unavailable {
            if (out) throw new Unavailable("out", null);
            return known;
        }

        @Override
        public List<JWK> reread() throws Unavailable {
            reads.incrementAndGet();
            JwksServer.await(answers);
            if (out || silent) throw new Unavailable("out", null);
            known = kept;
            return known;
        }
    }

    private final TestTokens tokens = new TestTokens();
    private final HandTime time = new HandTime();
    private final InMemoryDenylist denylist = new InMemoryDenylist(time);
    private final Ring ring = new Ring();
    private final byte[] secret = new byte[32];
    private final JwtTokenStore store = JwtTokenStore.ofOwn(Forge.ISSUER, ring, time, denylist);
    private TestKey ec;
    private TestKey stranger;

    @BeforeEach
    void makeKeys() throws Exception {
        ec = TestKey.ec("ec");
        stranger = TestKey.ec("ec");
        new SecureRandom().nextBytes(secret);
        ring.kept = List.of(
                ec.jwk(), new OctetSequenceKey.Builder(secret).keyID("hs").build());
        ring.known = ring.kept;
    }

    private Forge good() {
        return new Forge(ec).claim("aud", Forge.ISSUER);
    }

    private Forge hs256() {
        return good().header("alg", "HS256").header("kid", "hs");
    }

    private @Nullable StoredToken find(String token) throws Unavailable {
        return store.find(present(token));
    }

    private BearerToken present(String token) {
        return Objects.requireNonNull(tokens.format().read(token));
    }

    @Test
    void itsFactsAreThoseThatTheIssuerWrote() throws Exception {
        String token = good().claim("sub", "ada")
                .claim("scope", "admin tokens.manage")
                .claim("name", "ci")
                .claim("sid", "login:ada")
                .claim("resources", List.of("dataset:a"))
                .claim("allowed_networks", List.of("192.0.2.0/24"))
                .signedBy(ec);

        AccessToken facts = Objects.requireNonNull(find(token)).token();

        assertThat(facts.id()).isEqualTo("t-1");
        assertThat(facts.owner()).isEqualTo("ada");
        assertThat(facts.name()).isEqualTo("ci");
        assertThat(facts.parent()).isEqualTo("login:ada");
        assertThat(facts.scopes()).containsExactly("admin", "tokens.manage");
        assertThat(facts.resources()).containsExactly("dataset:a");
        assertThat(facts.allowedNetworks()).hasSize(1);
        assertThat(facts.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW.getEpochSecond() + 3_600));
        assertThat(find(hs256().signedBy(input -> TestKey.hmac(secret, input)))).isNotNull();
    }

    @TestFactory
    Stream<DynamicTest> noOtherTokenIs() throws Exception {
        byte[] point = ec.jwk().toECKey().toECPublicKey().getEncoded();
        byte[] jwk = ec.jwk().toJSONString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("signed by a stranger", good().signedBy(stranger));
        all.put("signed by nobody", good().header("alg", "none").signedBy(input -> new byte[0]));
        all.put(
                "HS256 under the public key's bytes",
                hs256().header("kid", "ec").signedBy(in -> TestKey.hmac(point, in)));
        all.put("HS256 under the public key's text", hs256().header("kid", "ec").signedBy(in -> TestKey.hmac(jwk, in)));
        all.put(
                "HS256 by the secret under the pair's name",
                hs256().header("kid", "ec").signedBy(this::hmac));
        all.put(
                "ES256 by the pair under the secret's name",
                good().header("kid", "hs").signedBy(ec));
        all.put("RS256", good().header("alg", "RS256").signedBy(ec));
        all.put("under a name that no key has", good().header("kid", "other").signedBy(ec));
        all.put(
                "a key in its own header",
                good().header("jwk", stranger.jwk().toJSONObject()).signedBy(stranger));
        all.put("a key elsewhere", good().header("jku", "http://127.0.0.1:1/").signedBy(stranger));
        all.put("for somebody else", good().claim("aud", "other").signedBy(ec));
        all.put("without an id", good().claim("jti", null).signedBy(ec));
        all.put("without an end", good().claim("exp", null).signedBy(ec));
        all.put("a name that is no text", good().claim("name", 7).signedBy(ec));
        all.put("a parent that is no text", good().claim("sid", List.of()).signedBy(ec));
        return all.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    assertThat(store.claims(present(one.getValue()))).isTrue();
                    assertThat(find(one.getValue())).isNull();
                }));
    }

    private byte[] hmac(byte[] input) throws GeneralSecurityException {
        return TestKey.hmac(secret, input);
    }

    @Test
    void aKeyThatAnotherNodeMadeIsFoundAndAskedForOnlyWhenItsNameIsUnknown() throws Exception {
        TestKey next = TestKey.ed25519("next");
        ring.kept = List.of(next.jwk(), ec.jwk());
        assertThat(find(good().signedBy(stranger))).isNull();
        assertThat(ring.reads).hasValue(0);

        assertThat(find(new Forge(next).claim("aud", Forge.ISSUER).signedBy(next)))
                .isNotNull();
        assertThat(ring.reads).hasValue(1);
        assertThat(find(good().signedBy(ec))).isNotNull();
        assertThat(find(hs256().signedBy(this::hmac))).isNull();
    }

    private static String by(TestKey key) throws Exception {
        return new Forge(key).claim("aud", Forge.ISSUER).signedBy(key);
    }

    private String forged(int i) throws Exception {
        return good().header("kid", "junk-" + i).signedBy(stranger);
    }

    @Test
    void forgedNamesHaveTheRingReadOnceASecond() throws Exception {
        TestKey next = TestKey.ed25519("next");
        for (int i = 0; i < 50; i++) {
            assertThat(find(forged(i))).isNull();
            time.pass(Duration.ofMillis(19));
        }
        assertThat(ring.reads).hasValue(1);

        ring.kept = List.of(next.jwk(), ec.jwk());
        assertThat(find(by(next))).as("a second is not over").isNull();
        time.pass(Duration.ofMillis(50));
        assertThat(find(by(next))).isNotNull();
        assertThat(ring.reads).hasValue(2);
        assertThat(find(forged(0))).isNull();
        assertThat(ring.reads).hasValue(2);
    }

    @Test
    void whoIsRefusedBetweenTwoReadingsIsNotRememberedByACache() throws Exception {
        TestKey next = TestKey.ed25519("next");
        Duration ttl = Duration.ofMinutes(1);
        CacheLimits limits = new CacheLimits(ttl, 1_000, ttl, 1_000, Duration.ZERO, ttl);
        try (CachingTokenStore cache = new CachingTokenStore(store, limits, time::getAsLong, Runnable::run)) {
            assertThat(cache.find(present(forged(0)))).isNull();
            ring.kept = List.of(next.jwk(), ec.jwk());
            String fresh = by(next);
            assertThat(cache.find(present(fresh))).isNull();
            assertThat(cache.find(present(good().signedBy(stranger)))).isNull();
            assertThat(cache.unknownSize())
                    .as("a bad signature of a known key stays one")
                    .isEqualTo(1);
            String nameless = good().header("kid", null).signedBy(stranger);
            assertThat(cache.find(present(nameless))).isNull();
            assertThat(cache.unknownSize())
                    .as("one that names no key was compared with all of them")
                    .isEqualTo(2);

            time.pass(Duration.ofSeconds(1));
            assertThat(cache.find(present(fresh))).isNotNull();
            assertThat(ring.reads).hasValue(2);
        }
    }

    @Test
    void allWhoComeWhileTheRingIsReadShareWhatItSays() throws Exception {
        TestKey next = TestKey.ed25519("next");
        ring.kept = List.of(next.jwk(), ec.jwk());
        ring.answers = new CountDownLatch(1);
        String token = by(next);
        List<Thread> waiting = new CopyOnWriteArrayList<>();

        List<Boolean> found = AtOnce.run(9, thread -> {
            if (thread < 8) {
                waiting.add(Thread.currentThread());
                return find(token) != null;
            }
            Eventually.holds(() -> ring.reads.get() == 1 && areEightAtRest(waiting));
            ring.answers.countDown();
            return true;
        });

        assertThat(found).containsOnly(true);
        assertThat(ring.reads).hasValue(1);
    }

    private static boolean areEightAtRest(List<Thread> threads) {
        return threads.size() == 8
                && threads.stream().allMatch(thread -> thread.getState().name().contains("WAITING"));
    }

    @Test
    void whileTheRingIsOutAnUnknownKeyIsUnavailableAndTheRingIsLeftAloneForASecond() throws Exception {
        TestKey next = TestKey.ed25519("next");
        ring.kept = List.of(next.jwk(), ec.jwk());
        ring.silent = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> find(by(next))).isInstanceOf(Unavailable.class);
        }
        assertThat(ring.reads).hasValue(1);
        assertThat(find(good().signedBy(ec))).isNotNull();

        ring.silent = false;
        time.pass(Duration.ofSeconds(1));
        assertThat(find(by(next))).isNotNull();
    }

    @Test
    void whatIsDeniedIsNotFoundAndARingThatIsOutRefusesNobody() throws Exception {
        String token = good().signedBy(ec);
        assertThat(find(token)).isNotNull();
        denylist.deny("t-1", NOW.plusSeconds(3_600));
        assertThat(find(token)).isNull();

        ring.out = true;
        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }
}
