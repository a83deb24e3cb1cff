package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenQuery;
import dev.scopegate.store.TokenRepository;
import dev.scopegate.store.TokenUse;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
    private static final ClientAddress HERE = ClientAddress.ofPeer("127.0.0.1");

    private final Desk desk = new Desk();
    private final User ada = Desk.of("ada");
    private final ApiKeys keys = desk.issuer.apiKeys();
    private final KeyExchange exchange = desk.issuer.exchange();
    private String key = "";
    private String secret = "";

    @BeforeEach
    void makeKey() throws Exception {
        NewToken made = keys.create(ada, TokenDraft.of("ci", "data.data").resources(List.of("dataset:a")));
        key = made.facts().id();
        secret = made.reveal();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private TokenPair first() throws Exception {
        return exchange.authenticate(key, secret, HERE);
    }

    private StoredToken stored(String text) throws Exception {
        BearerToken token = Objects.requireNonNull(desk.scopegate.format().read(text));
        StoredToken stored = Objects.requireNonNull(desk.store.find(token));
        assertThat(stored.opensWith(token, desk.clock.millis())).isTrue();
        return stored;
    }

    private boolean works(String text) throws Exception {
        return OwnedTokens.isActive(stored(text).token(), desk.clock.instant());
    }

    private String refusal(String refresh) {
        return Desk.refusal(() -> exchange.refresh(key, refresh, HERE));
    }

    @Test
    void aKeyGivesADayOfAccessAsWideAsItself() throws Exception {
        TokenPair pair = first();

        AccessToken access = stored(pair.revealAccess()).token();
        assertThat(access.kind()).isEqualTo(TokenKind.ACCESS);
        assertThat(access.scopes()).containsExactly("public", "data.data");
        assertThat(access.resources()).containsExactly("dataset:a");
        assertThat(access.parent()).isEqualTo(key);
        assertThat(access.owner()).isEqualTo("ada");
        assertThat(pair.expires()).isEqualTo(Desk.START.plus(Duration.ofHours(24)));
        desk.clock.pass(Duration.ofHours(24));
        assertThat(works(pair.revealAccess())).isFalse();
        assertThat(works(exchange.refresh(key, pair.revealRefresh(), HERE).revealAccess()))
                .isTrue();
        assertThat(pair.toString()).doesNotContain(pair.revealAccess(), pair.revealRefresh());
    }

    @Test
    void whenAKeyWasLastUsedIsWrittenBehindAndNoExchangeFailsForIt() throws Exception {
        InMemoryTokenStore kept = new InMemoryTokenStore();
        List<TokenUse> written = new CopyOnWriteArrayList<>();
        TokenRepository failing = new Forwarding(kept) {
            @Override
            public void used(Collection<TokenUse> uses) throws Unavailable {
                written.addAll(uses);
                throw new Unavailable("on purpose", null);
            }
        };
        String id;
        try (Desk other = new Desk(failing, false)) {
            NewToken made = other.issuer.apiKeys().create(ada, TokenDraft.of("ci"));
            id = made.facts().id();

            other.issuer.exchange().authenticate(id, made.reveal(), HERE);
            other.issuer.exchange().authenticate(id, made.reveal(), HERE);
            assertThat(written).isEmpty();
        }
        assertThat(written).containsExactly(new TokenUse(id, Desk.START, "127.0.0.1"));
    }

    /** A store that fails when everything of a parent is revoked for the n-th time. */
    private static TokenRepository failingAt(int time) {
        AtomicInteger times = new AtomicInteger();
        return new Forwarding(new InMemoryTokenStore()) {
            @Override
            public int revokeAllOf(String parent, Instant at, String by) throws Unavailable {
                if (times.incrementAndGet() == time) throw new Unavailable("on purpose", null);
                return super.revokeAllOf(parent, at, by);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSecretThatCouldNotBeRenewedWholeIsRenewedByTryingAgain(int failure) throws Exception {
        try (Desk other = new Desk(failingAt(failure), false)) {
            ApiKeys own = other.issuer.apiKeys();
            NewToken made = own.create(ada, TokenDraft.of("ci"));
            String id = made.facts().id();
            TokenPair before = other.issuer.exchange().authenticate(id, made.reveal(), HERE);
            BearerToken access = Objects.requireNonNull(other.scopegate.format().read(before.revealAccess()));

            assertThatThrownBy(() -> own.renewSecret(ada, id)).isInstanceOf(Unavailable.class);
            if (failure == 1) other.issuer.exchange().authenticate(id, made.reveal(), HERE); // nothing has happened
            else {
                // what was minted does not live on under a secret that nobody has seen
                StoredToken left = Objects.requireNonNull(other.store.find(access));
                assertThat(OwnedTokens.isActive(left.token(), other.clock.instant()))
                        .isFalse();
            }

            NewToken renewed = own.renewSecret(ada, id);
            assertThat(Desk.refusal(() -> other.issuer.exchange().authenticate(id, made.reveal(), HERE)))
                    .isEqualTo("401 authentication_failed");
            StoredToken dead = Objects.requireNonNull(other.store.find(access));
            assertThat(OwnedTokens.isActive(dead.token(), other.clock.instant()))
                    .isFalse();
            other.issuer.exchange().authenticate(id, renewed.reveal(), HERE);
        }
    }

    @Test
    void whoMayNotRenewASecretKillsNothing() throws Exception {
        TokenPair pair = first();
        User narrow = Desk.user("ada", "public", "tokens.manage");

        assertThat(Desk.refusal(() -> keys.renewSecret(narrow, key))).isEqualTo("403 insufficient_scope");
        assertThat(Desk.refusal(() -> keys.renewSecret(Desk.of("bob"), key))).isEqualTo("404 not_found");
        assertThat(works(pair.revealAccess())).isTrue();
    }

    @Test
    void whateverIsWrongIsAnsweredTheSame() throws Exception {
        TokenPair pair = first();
        NewToken other = keys.create(ada, TokenDraft.of("other"));
        NewToken personal = desk.tokens().mint(ada, TokenDraft.of("personal"));
        String otherRefresh =
                exchange.authenticate(other.facts().id(), other.reveal(), HERE).revealRefresh();

        for (String[] wrong : new String[][] {
            {key, other.reveal()},
            {other.facts().id(), secret},
            {"", secret},
            {"\u0000", secret},
            {key, ""},
            {key, secret + "x"},
            {key, personal.reveal()},
            {personal.facts().id(), personal.reveal()},
            {key, pair.revealRefresh()},
            {"0123456789ABCD", secret}
        }) {
            assertThat(Desk.refusal(() -> exchange.authenticate(wrong[0], wrong[1], HERE)))
                    .isEqualTo("401 authentication_failed");
        }
        for (String wrong : List.of("", secret, pair.revealAccess(), otherRefresh, pair.revealRefresh() + "x")) {
            assertThat(refusal(wrong)).isEqualTo("401 authentication_failed");
        }
        assertThat(works(otherRefresh)).isTrue();
    }

    @Test
    void aKeyWithNetworksIsExchangedFromTheseAlone() throws Exception {
        NewToken near = keys.create(ada, TokenDraft.of("near").allowedNetworks(List.of("10.0.0.0/8")));

        assertThat(Desk.refusal(() -> exchange.authenticate(near.facts().id(), near.reveal(), HERE)))
                .isEqualTo("403 ip_not_allowed");
        ClientAddress inside = ClientAddress.ofPeer("10.1.2.3");
        TokenPair pair = exchange.authenticate(near.facts().id(), near.reveal(), inside);
        assertThat(Desk.refusal(() -> exchange.refresh(near.facts().id(), pair.revealRefresh(), HERE)))
                .isEqualTo("403 ip_not_allowed");
        exchange.refresh(near.facts().id(), pair.revealRefresh(), inside);
    }

    @Test
    void theSameRefreshWithinTenSecondsGivesTheSamePairAndALaterOneEndsTheFamily() throws Exception {
        TokenPair other = first();
        TokenPair first = first();
        TokenPair second = exchange.refresh(key, first.revealRefresh(), HERE);
        desk.clock.pass(Duration.ofSeconds(10));
        TokenPair repeated = exchange.refresh(key, first.revealRefresh(), HERE);
        assertThat(repeated.revealAccess()).isEqualTo(second.revealAccess());
        assertThat(repeated.revealRefresh()).isEqualTo(second.revealRefresh());
        assertThat(repeated.expires()).isEqualTo(second.expires());
        TokenPair third = exchange.refresh(key, second.revealRefresh(), HERE);

        desk.clock.pass(Duration.ofMillis(1));
        assertThat(refusal(first.revealRefresh())).isEqualTo("401 authentication_failed");

        for (TokenPair dead : List.of(first, second, third)) {
            assertThat(works(dead.revealAccess())).isFalse();
            assertThat(refusal(dead.revealRefresh())).isEqualTo("401 authentication_failed");
        }
        assertThat(works(other.revealAccess())).isTrue();
        exchange.refresh(key, other.revealRefresh(), HERE);
    }

    @Test
    void anotherSecretKillsAllThatWasMinted() throws Exception {
        TokenPair pair = first();
        String renewed = keys.renewSecret(ada, key).reveal();

        assertThat(works(pair.revealAccess())).isFalse();
        assertThat(refusal(pair.revealRefresh())).isEqualTo("401 authentication_failed");
        assertThat(Desk.refusal(this::first)).isEqualTo("401 authentication_failed");
        exchange.authenticate(key, renewed, HERE);
    }

    @Test
    void anEditedKeyBindsWhatWasMinted() throws Exception {
        TokenPair pair = first();
        keys.edit(ada, key, TokenEdit.nothing().scopes(List.of()).resources(List.of("dataset:b")));

        AccessToken access = stored(pair.revealAccess()).token();
        assertThat(access.scopes()).containsExactly("public");
        assertThat(access.resources()).containsExactly("dataset:b");
        assertThat(stored(exchange.refresh(key, pair.revealRefresh(), HERE).revealAccess())
                        .token()
                        .scopes())
                .containsExactly("public");
    }

    @Test
    void aDeletedKeyLeavesNothingAlive() throws Exception {
        TokenPair pair = first();
        keys.delete(ada, key);

        assertThat(works(pair.revealAccess())).isFalse();
        assertThat(refusal(pair.revealRefresh())).isEqualTo("401 authentication_failed");
        assertThat(Desk.refusal(() -> keys.get(ada, key))).isEqualTo("404 not_found");
        assertThat(Desk.refusal(() -> keys.delete(ada, key))).isEqualTo("404 not_found");
    }

    @RepeatedTest(10)
    void thirtyTwoThreadsThatRefreshOneTokenGetOnePair() throws Exception {
        TokenPair first = first();

        List<TokenPair> pairs = AtOnce.run(32, thread -> exchange.refresh(key, first.revealRefresh(), HERE));

        Set<String> access = pairs.stream().map(TokenPair::revealAccess).collect(Collectors.toSet());
        Set<String> refresh = pairs.stream().map(TokenPair::revealRefresh).collect(Collectors.toSet());
        assertThat(access).hasSize(1);
        assertThat(refresh).hasSize(1);
        assertThat(works(pairs.get(0).revealAccess())).isTrue();
        assertThat(desk.store
                        .page(TokenQuery.all().parent(key), null, 200, desk.clock.instant())
                        .tokens())
                .hasSize(4);
    }

    @RepeatedTest(30)
    void whateverIsMintedWhileItsKeyIsEndedIsDead() throws Exception {
        TokenPair before = first();
        TokenPair replayed = first();
        exchange.refresh(key, replayed.revealRefresh(), HERE);
        desk.clock.pass(Duration.ofSeconds(11));

        AtOnce.run(6, thread -> {
            try {
                switch (thread) {
                    case 0 -> keys.renewSecret(ada, key);
                    case 1, 2 -> first();
                    case 3, 4 -> exchange.refresh(key, before.revealRefresh(), HERE);
                    default -> exchange.refresh(key, replayed.revealRefresh(), HERE);
                }
            } catch (AccessDenied e) {
                assertThat(e.problem().code()).isEqualTo("authentication_failed");
            }
            return thread;
        });

        assertThat(desk.store
                        .page(TokenQuery.all().parent(key), null, 200, desk.clock.instant())
                        .tokens())
                .noneMatch(token -> OwnedTokens.isActive(token, desk.clock.instant()));
    }

    @RepeatedTest(30)
    void nothingOfAFamilyOutlivesAReplay() throws Exception {
        TokenPair first = first();
        TokenPair second = exchange.refresh(key, first.revealRefresh(), HERE);
        desk.clock.pass(Duration.ofSeconds(11));

        AtOnce.run(3, thread -> {
            try {
                return exchange.refresh(key, (thread == 0 ? first : second).revealRefresh(), HERE)
                        .toString();
            } catch (AccessDenied e) {
                return e.problem().code();
            }
        });

        assertThat(desk.store
                        .page(TokenQuery.all().parent(key), null, 200, desk.clock.instant())
                        .tokens())
                .noneMatch(token -> OwnedTokens.isActive(token, desk.clock.instant()));
    }

    @RepeatedTest(20)
    void whatIsMintedWhileItsKeyIsNarrowedIsNarrow() throws Exception {
        AtOnce.run(4, thread -> {
            if (thread == 0) keys.edit(ada, key, TokenEdit.nothing().scopes(List.of()));
            else first();
            return thread;
        });

        assertThat(desk.store
                        .page(TokenQuery.all().parent(key), null, 200, desk.clock.instant())
                        .tokens())
                .hasSize(6)
                .allMatch(token -> token.scopes().equals(Set.of("public")));
    }
}
