package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.issuer.IssuerServer.Reply;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.InMemoryTokenStore;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often an address may present refresh tokens that are worth nothing. */
class RefreshThrottleTest {
    private static final ClientAddress HERE = ClientAddress.ofPeer("192.0.2.1");
    private static final ClientAddress ELSEWHERE = ClientAddress.ofPeer("192.0.2.2");
    private static final String FAILED = "401 authentication_failed";
    private static final String THROTTLED = "429 throttled";

    private final Desk desk = new Desk();
    private IssuerServer server;
    private KeyExchange exchange;
    private String key;
    private TokenPair first;

    @BeforeEach
    void start() throws Exception {
        server = new IssuerServer(desk);
        NewToken made = desk.issuer.apiKeys().create(Desk.of("ada"), TokenDraft.of("hospital", "data.data"));
        exchange = desk.issuer.exchange();
        key = made.facts().id();
        first = exchange.authenticate(key, made.reveal(), HERE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String unknown() {
        return desk.scopegate.format().mint(TokenKind.REFRESH).reveal();
    }

    private Reply refresh(String apiKey, String token) throws Exception {
        String body = "{'apiKey':'" + apiKey + "','refreshToken':'" + token + "'}";
        return server.send("", "POST", "/auth/refreshToken", body);
    }

    private Reply refresh(String token) throws Exception {
        return server.send("", "POST", "/auth/refresh", "{'refresh_token':'" + token + "'}");
    }

    @Test
    void anAddressPresentsThreeHundredThatAreWorthNothingAndWaitsThenAsLongAsItIsTold() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(refresh(key, unknown()).outcome()).isEqualTo(FAILED);
            assertThat(refresh("absent", first.revealRefresh()).outcome()).isEqualTo(FAILED);
            assertThat(refresh("nonsense").outcome()).isEqualTo(FAILED);
        }
        desk.told();

        for (Reply reply :
                new Reply[] {refresh(key, unknown()), refresh(unknown()), refresh(key, first.revealRefresh())}) {
            assertThat(reply.outcome()).isEqualTo(THROTTLED);
            assertThat(reply.header("Retry-After")).isEqualTo("60");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
        assertThat(desk.told()).containsOnly("login refused throttled null null null 127.0.0.1");
        desk.clock.pass(Duration.ofSeconds(60));
        assertThat(refresh(key, first.revealRefresh()).outcome()).isEqualTo("200");
    }

    @Test
    void otherAddressesAndOtherEndpointsAreNotTouchedByThat() throws Exception {
        String password = UUID.randomUUID().toString();
        desk.users.passwords.put("ada", password);
        for (int i = 0; i < 301; i++) Desk.refusal(() -> exchange.refresh(key, unknown(), HERE));
        assertThat(Desk.refusal(() -> exchange.refresh(key, first.revealRefresh(), HERE)))
                .isEqualTo(THROTTLED);
        assertThat(desk.issuer.login().login("ada", password, HERE).user().name())
                .isEqualTo("ada");

        assertThat(exchange.refresh(key, first.revealRefresh(), ELSEWHERE)).isNotNull();
    }

    @Test
    void whatSucceedsCountsForNothing() throws Exception {
        for (int i = 0; i < 299; i++) Desk.refusal(() -> exchange.refresh(key, unknown(), HERE));
        TokenPair last = first;
        for (int i = 0; i < 20; i++) last = exchange.refresh(key, last.revealRefresh(), HERE);

        assertThat(Desk.refusal(() -> exchange.refresh(key, unknown(), HERE))).isEqualTo(FAILED);
        assertThat(Desk.refusal(() -> exchange.refresh(key, unknown(), HERE))).isEqualTo(THROTTLED);
    }

    @Test
    void aStoreThatDoesNotAnswerCountsForNothingEither() throws Exception {
        Forwarding broken = new Forwarding(new InMemoryTokenStore()) {
            @Override
            public @Nullable StoredToken get(String id) throws Unavailable {
                throw new Unavailable("broken on purpose", null);
            }
        };
        try (Desk other = new Desk(broken, false)) {
            for (int i = 0; i < 301; i++) {
                assertThatThrownBy(() -> other.issuer.exchange().refresh(key, unknown(), HERE))
                        .isInstanceOf(Unavailable.class);
            }
        }
    }
}
