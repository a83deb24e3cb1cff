package dev.scopegate.store.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys behind a URL: rotation, downtime, and servers that misbehave. */
class RemoteKeysTest extends JwtHarness {
    private TestKey old;
    private TestKey fresh;
    private String oldToken;
    private String newToken;
    private JwksServer server;

    @BeforeEach
    void startServer() throws Exception {
        old = TestKey.ec("old");
        fresh = TestKey.ec("new");
        oldToken = new Forge(old).signedBy(old);
        newToken = new Forge(fresh).signedBy(fresh);
        server = new JwksServer(TestKey.set(old));
        settings.put("jwt-jwks-uri", server.uri());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private boolean accepts(JwtTokenStore store, String token) throws Unavailable {
        return find(store, token) != null;
    }

    @Test
    void keysAreAskedForOnceHoweverManyTokensCome() throws Exception {
        JwtTokenStore store = open();
        for (int i = 0; i < 20; i++) {
            assertThat(accepts(store, new Forge(old).claim("n", i).signedBy(old)))
                    .isTrue();
        }
        assertThat(server.asked()).isEqualTo(1);
        assertThat(store.health().detail()).isEqualTo("up");
    }

    @Test
    void oneQuestionIsUnderWayHoweverManyThreadsWait() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        server.handle(exchange -> {
            JwksServer.await(letGo);
            JwksServer.send(exchange, 200, TestKey.set(old));
        });
        settings.put("jwt-jwks-timeout", "60s");
        JwtTokenStore store = open();
        List<Thread> waiting = new CopyOnWriteArrayList<>();
        List<Boolean> accepted = AtOnce.run(9, thread -> {
            if (thread < 8) {
                waiting.add(Thread.currentThread());
                return accepts(store, oldToken);
            }
            Eventually.holds(() -> waiting.size() == 8
                    && waiting.stream().allMatch(other -> other.getState() == Thread.State.WAITING));
            letGo.countDown();
            return true;
        });

        assertThat(accepted).containsOnly(true);
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void anUnknownKeyIsAskedForAtMostOnceAMinute() throws Exception {
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        server.answer(200, TestKey.set(old, fresh));
        assertThat(accepts(store, newToken))
                .as("the keys are younger than a minute")
                .isFalse();
        assertThat(server.asked()).isEqualTo(1);

        time.pass(Duration.ofMinutes(1));
        assertThat(accepts(store, newToken)).isTrue();
        assertThat(accepts(store, oldToken)).isTrue();
        assertThat(server.asked()).isEqualTo(2);

        for (int i = 0; i < 20; i++) {
            assertThat(accepts(store, new Forge(old).header("kid", "junk" + i).signedBy(old)))
                    .isFalse();
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void aRotationWithoutNamesIsSeenToo() throws Exception {
        TestKey one = TestKey.ec(null);
        TestKey two = TestKey.ec(null);
        server.answer(200, TestKey.set(one));
        JwtTokenStore store = open();
        assertThat(accepts(store, new Forge(one).header("kid", null).signedBy(one)))
                .isTrue();
        server.answer(200, TestKey.set(two));
        time.pass(Duration.ofMinutes(1));

        assertThat(accepts(store, new Forge(two).header("kid", null).signedBy(two)))
                .isTrue();
    }

    @Test
    void aBadSignatureOfAKnownKeyAsksNobody() throws Exception {
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        time.pass(Duration.ofMinutes(2));

        assertThat(accepts(store, new Forge(old).signedBy(fresh))).isFalse();
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void whenKeysAreDueTheyAreReadAgainInTheBackground() throws Exception {
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        server.answer(200, TestKey.set(fresh));
        time.pass(Duration.ofMinutes(10).plusSeconds(1));

        assertThat(accepts(store, oldToken))
                .as("served from the old keys meanwhile")
                .isTrue();
        Eventually.holds(() -> accepts(store, newToken));
        assertThat(accepts(store, oldToken)).as("its key is gone").isFalse();
        assertThat(server.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "public, max-age=120, must-revalidate; 2",
                "max-age=0; 1",
                "MAX-AGE=120; 2",
                "max-age=999999999; 10",
                "max-age=99999999999999999999; 10",
                "x-max-age=120; 10"
            })
    void aShorterMaxAgeCountsDownToAMinuteAndALongerDoesNot(String cacheControl, int minutes) throws Exception {
        server.answer(TestKey.set(old), "Cache-Control", cacheControl);
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        int before = server.asked();
        for (int passed = 1; passed <= minutes; passed++) {
            time.pass(Duration.ofMinutes(1));
            assertThat(accepts(store, oldToken)).isTrue();
            assertThat(server.asked()).as("after %d minutes", passed).isEqualTo(before);
        }
        time.pass(Duration.ofSeconds(1));
        assertThat(accepts(store, oldToken)).isTrue();
        Eventually.holds(() -> server.asked() == before + 1);
    }

    @Test
    void aServerThatIsDownKeepsItsKeysForABoundedTime() throws Exception {
        settings.put("jwt-jwks-stale", "1h");
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        server.close();
        String lasting = new Forge(old)
                .claim("exp", time.instant().getEpochSecond() + 9_999)
                .signedBy(old);

        time.pass(Duration.ofMinutes(69));
        assertThat(accepts(store, lasting)).isTrue();
        Eventually.holds(() -> store.health().detail().contains("cannot be read"));
        assertThat(store.health().available()).isTrue();

        time.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> find(store, lasting)).isInstanceOf(Unavailable.class);
        assertThat(store.health().available()).isFalse();
    }

    @Test
    void anUnknownKeyIsUnavailableWhileNobodyCanBeAsked() throws Exception {
        JwtTokenStore store = open();
        assertThat(accepts(store, oldToken)).isTrue();
        server.answer(500, "");
        time.pass(Duration.ofMinutes(1));

        assertThatThrownBy(() -> find(store, newToken)).isInstanceOf(Unavailable.class);
        int asked = server.asked();
        assertThatThrownBy(() -> find(store, newToken)).isInstanceOf(Unavailable.class);
        assertThat(server.asked())
                .as("a server that fails is left alone for ten seconds")
                .isEqualTo(asked);
        assertThat(accepts(store, oldToken)).isTrue();

        server.answer(200, TestKey.set(old, fresh));
        time.pass(Duration.ofSeconds(10));
        assertThat(accepts(store, newToken)).isTrue();
    }

    @Test
    void aServerThatIsDownAtTheStartIsAskedAgain() throws Exception {
        server.answer(503, "");
        JwtTokenStore store = open();
        Eventually.holds(() -> store.health().detail().contains("cannot be read"));
        assertThat(store.health().available()).isFalse();
        assertThatThrownBy(() -> find(store, oldToken)).isInstanceOf(Unavailable.class);

        server.answer(200, TestKey.set(old));
        time.pass(Duration.ofSeconds(10));
        assertThat(accepts(store, oldToken)).isTrue();
        assertThat(store.health().available()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> answersThatAreNoKeySetAreNotTaken() {
        String keys = TestKey.set(old);
        return Stream.of(
                bad("an error page", exchange -> JwksServer.send(exchange, 404, keys)),
                bad("another success", exchange -> JwksServer.send(exchange, 203, keys)),
                bad("nothing", exchange -> JwksServer.send(exchange, 204, "")),
                bad("no JSON", exchange -> JwksServer.send(exchange, 200, "<html></html>")),
                bad("no keys", exchange -> JwksServer.send(exchange, 200, "{}")),
                bad("keys twice", exchange -> JwksServer.send(exchange, 200, "{\"keys\":[]," + keys.substring(1))),
                bad(
                        "too many keys",
                        exchange -> JwksServer.send(
                                exchange,
                                200,
                                TestKey.setOf(java.util.Collections.nCopies(
                                        33, old.jwk().toJSONString())))),
                bad("huge", exchange -> JwksServer.send(exchange, 200, keys + " ".repeat(1 << 18))),
                bad("without end", exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) exchange.getResponseBody().write(new byte[8_192]);
                }),
                bad("a redirect", exchange -> {
                    exchange.getResponseHeaders().add("Location", server.uri());
                    JwksServer.send(exchange, 302, "");
                }),
                bad("silence", exchange -> server.hold()),
                bad("half an answer", exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    server.hold();
                }));
    }

    private DynamicTest bad(String name, com.sun.net.httpserver.HttpHandler answer) {
        return DynamicTest.dynamicTest(name, () -> {
            settings.put("jwt-jwks-timeout", "300ms");
            server.handle(answer);
            try (Reasons log = new Reasons()) {
                JwtTokenStore store = open();
                long start = System.nanoTime();
                assertThatThrownBy(() -> find(store, oldToken)).isInstanceOf(Unavailable.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
                Eventually.holds(() -> !log.all().isEmpty());
                assertThat(log.all().get(0)).contains("cannot be read").doesNotContain("html");
                store.close();
            }
        });
    }

    @Test
    void unsoundKeysOfASetAreLeftOutAndTheOthersUsed() throws Exception {
        TestKey weak = TestKey.rsa("weak", 1_024);
        String secret =
                "{\"kty\":\"oct\",\"kid\":\"s\",\"alg\":\"HS256\",\"k\":\"" + Forge.base64(new byte[32]) + "\"}";
        server.answer(
                200,
                TestKey.setOf(List.of(
                        secret,
                        weak.jwk().toJSONString(),
                        "{\"kty\":\"RSA\"}",
                        "7",
                        old.jwk().toJSONString())));
        JwtTokenStore store = open();

        assertThat(accepts(store, oldToken)).isTrue();
        time.pass(Duration.ofSeconds(1));
        assertThat(accepts(store, new Forge(weak).signedBy(weak))).isFalse();
        assertThat(accepts(
                        store,
                        new Forge(old)
                                .header("alg", "HS256")
                                .header("kid", "s")
                                .signedBy(input -> TestKey.hmac(new byte[32], input))))
                .isFalse();
    }

    @Test
    void aClosedStoreAsksNobody() throws Exception {
        server.hang();
        settings.put("jwt-jwks-timeout", "60s");
        JwtTokenStore store = open();
        store.close();

        assertThatThrownBy(() -> find(store, oldToken)).isInstanceOf(Unavailable.class);
    }
}
