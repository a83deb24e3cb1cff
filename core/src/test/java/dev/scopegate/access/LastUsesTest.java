package dev.scopegate.access;

import static dev.scopegate.testkit.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditType;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.TokenKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long T = NOW.toEpochMilli();

    private final TestTokens tokens = new TestTokens();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final List<Collection<?>> writes = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean down;

    /** The store, which counts what is written and can be away. */
    private final TokenRepository repository = (TokenRepository) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {TokenRepository.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("used")) {
                    if (down) throw new Unavailable("the store is away", null);
                    writes.add((Collection<?>) arguments[0]);
                }
                try {
                    return method.invoke(store, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    private final List<AuditEvent> events = new ArrayList<>();
    private final Audit audit = new Audit(events::add, Clock.systemUTC());
    private final LastUses uses = new LastUses(repository, MINUTE, audit, Background.on(null));

    private AccessToken added(String name) throws Exception {
        StoredToken token = tokens.stored("ada", name);
        store.add(token, NOW);
        return token.token();
    }

    private void note(AccessToken token, long at, String from) {
        uses.note(token, at, () -> ClientAddress.ofPeer(from));
    }

    private AccessToken kept(AccessToken token) {
        return Objects.requireNonNull(store.get(token.id())).token();
    }

    @Test
    void aUseIsWrittenWithItsInstantAndAddress() throws Exception {
        AccessToken token = added("ci");
        note(token, T + 5, "::ffff:192.0.2.7");
        uses.write();

        assertThat(kept(token).lastUsedAt()).isEqualTo(NOW.plusMillis(5));
        assertThat(kept(token).lastUsedIp()).isEqualTo("192.0.2.7");
        uses.close();
    }

    @Test
    void aTokenIsWrittenOnceAMinuteHoweverOftenItIsUsed() throws Exception {
        AccessToken token = added("ci");
        for (int second = 0; second < 180; second++) {
            note(token, T + second * 1_000L, "192.0.2.7");
            if (second % 10 == 0) uses.write();
        }
        uses.close();

        assertThat(writes).hasSize(3);
        assertThat(kept(token).lastUsedAt()).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void whatTheStoreDoesNotTakeIsWrittenWhenItIsBack() throws Exception {
        AccessToken one = added("one");
        AccessToken other = added("other");
        note(one, T, "192.0.2.1");
        down = true;
        try (LogLines log = new LogLines()) {
            uses.write();
            note(other, T + 1, "192.0.2.2");
            uses.write();
            assertThat(log.errors()).isEmpty();
        }
        down = false;
        uses.write();
        uses.close();

        assertThat(kept(one).lastUsedIp()).isEqualTo("192.0.2.1");
        assertThat(kept(other).lastUsedIp()).isEqualTo("192.0.2.2");
        assertThat(writes).hasSize(1);
    }

    @Test
    void theRestIsWrittenAtTheEnd() throws Exception {
        AccessToken token = added("ci");
        note(token, T, "192.0.2.7");

        uses.close();

        assertThat(kept(token).lastUsedAt()).isEqualTo(NOW);
    }

    @Test
    void aClockThatJumpsBackIsFollowedAndNothingIsWrittenTwice() throws Exception {
        AccessToken token = added("ci");
        note(token, T, "192.0.2.7");
        uses.write();
        note(token, T - 3_600_000, "192.0.2.8");
        note(token, T - 3_599_000, "192.0.2.9");
        uses.close();

        assertThat(writes).hasSize(2);
        assertThat(kept(token).lastUsedAt()).isEqualTo(NOW); // what is later stays
    }

    @Test
    void manyTokensAreWrittenInBatches() throws Exception {
        AccessToken any = tokens.mint("ada", "ci").facts();
        for (int i = 0; i < 2_500; i++) {
            note(
                    AccessToken.builder(TokenKind.PERSONAL, String.format("%014d", i), any.name(), any.owner())
                            .build(),
                    T,
                    "192.0.2.7");
        }
        uses.write();
        uses.close();

        assertThat(writes).extracting(Collection::size).containsExactly(1_000, 1_000, 500);
    }

    @Test
    void ofManyThreadsThatUseATokenAtOnceOneWriteComes() throws Exception {
        AccessToken token = added("ci");
        AtOnce.run(16, thread -> {
            for (int i = 0; i < 1_000; i++) note(token, T + i, "192.0.2.7");
            return true;
        });
        uses.close();

        assertThat(writes).hasSize(1);
    }

    @Test
    void foreignTokensAreNotWritten() throws Exception {
        AccessToken foreign = AccessToken.builder(TokenKind.FOREIGN, "issuer|1", "x", "issuer|ada")
                .build();
        note(foreign, T, "192.0.2.7");
        uses.close();

        assertThat(writes).isEmpty();
    }

    @Test
    void withoutAStoreOrAnIntervalNothingHappens() throws Exception {
        AccessToken token = added("ci");
        for (LastUses none : List.of(
                new LastUses(null, MINUTE, audit, Background.on(null)),
                new LastUses(repository, Duration.ZERO, audit, Background.on(null)))) {
            none.note(token, T, () -> ClientAddress.UNKNOWN);
            none.write();
            none.close();
        }
        uses.close();

        assertThat(writes).isEmpty();
    }

    @Test
    void aUseIsAnEventOnceAnInterval() throws Exception {
        AccessToken token = added("ci");
        note(token, T, "192.0.2.7");
        note(token, T + 1, "192.0.2.8");
        note(token, T + MINUTE.toMillis(), "192.0.2.9");

        assertThat(events).extracting(AuditEvent::type).containsOnly(AuditType.TOKEN_USED);
        assertThat(events).extracting(AuditEvent::clientIp).containsExactly("192.0.2.7", "192.0.2.9");
        assertThat(events).extracting(AuditEvent::tokenId).containsOnly(token.id());
    }

    @Test
    void itsEndNeitherWaitsForAWriterThatHangsNorInterruptsIt() throws Exception {
        AccessToken token = added("ci");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
        TokenRepository hanging = (TokenRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TokenRepository.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("used")) return method.invoke(store, arguments);
                    writing.countDown();
                    try {
                        undisturbed.complete(goOn.await(30, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        undisturbed.complete(false);
                    }
                    return null;
                });
        LastUses slow = new LastUses(hanging, Duration.ofMillis(6), audit, Background.on(null), Duration.ofMillis(50));
        slow.note(token, T, () -> ClientAddress.ofPeer("192.0.2.7"));
        assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

        slow.close(); // or this waits for thirty seconds, and the next line sees it
        assertThat(undisturbed).isNotDone();
        goOn.countDown();

        assertThat(undisturbed.get(30, TimeUnit.SECONDS)).isTrue();
    }
}
