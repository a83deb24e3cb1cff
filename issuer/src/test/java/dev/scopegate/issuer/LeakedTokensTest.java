package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody ends who has found a token, and what they do not who only know of one. */
class LeakedTokensTest {
    private static final ClientAddress HERE = ClientAddress.ofPeer("127.0.0.1");

    private final Desk desk = new Desk();
    private final User ada = Desk.of("ada");
    private final LeakedTokens leaked = desk.issuer.leaked();
    private final KeyExchange exchange = desk.issuer.exchange();

    @AfterEach
    void close() {
        desk.close();
    }

    private boolean isActive(String id) throws Exception {
        return OwnedTokens.isActive(Objects.requireNonNull(desk.store.get(id)).token(), desk.clock.instant());
    }

    private boolean works(String text) throws Exception {
        BearerToken token = Objects.requireNonNull(desk.scopegate.format().read(text));
        return isActive(Objects.requireNonNull(token.id()));
    }

    @Test
    void anIdWhichEverybodyMayKnowEndsNothingWithoutItsSecret() throws Exception {
        String id = desk.tokens().mint(ada, TokenDraft.of("ci")).facts().id();
        NewToken key = desk.issuer.apiKeys().create(ada, TokenDraft.of("key"));
        String refresh =
                exchange.authenticate(key.facts().id(), key.reveal(), HERE).revealRefresh();

        leaked.revoke(guess(TokenKind.PERSONAL, id), HERE);
        leaked.revoke(guess(TokenKind.API_KEY_SECRET, key.facts().id()), HERE);
        leaked.revoke(
                guess(TokenKind.REFRESH, desk.scopegate.format().read(refresh).id()), HERE);

        assertThat(isActive(id)).isTrue();
        assertThat(isActive(key.facts().id())).isTrue();
        assertThat(works(refresh)).isTrue();
    }

    /** Well-formed, with a secret that somebody has made up. */
    private String guess(TokenKind kind, String id) {
        return desk.scopegate.format().mint(kind, id).reveal();
    }

    @Test
    void aKeysSecretEndsTheKeyAndAllThatCameOfIt() throws Exception {
        NewToken key = desk.issuer.apiKeys().create(ada, TokenDraft.of("key"));
        TokenPair pair = exchange.authenticate(key.facts().id(), key.reveal(), HERE);

        leaked.revoke(key.reveal(), HERE);

        assertThat(isActive(key.facts().id())).isFalse();
        assertThat(works(pair.revealAccess())).isFalse();
        assertThat(works(pair.revealRefresh())).isFalse();
        assertThat(Desk.refusal(() -> exchange.authenticate(key.facts().id(), key.reveal(), HERE)))
                .isEqualTo("401 authentication_failed");
    }

    @Test
    void aRefreshTokenThatWasExchangedAlreadyEndsItsFamilyAndNoOther() throws Exception {
        NewToken key = desk.issuer.apiKeys().create(ada, TokenDraft.of("key"));
        String id = key.facts().id();
        TokenPair first = exchange.authenticate(id, key.reveal(), HERE);
        TokenPair next = exchange.refresh(id, first.revealRefresh(), HERE);
        TokenPair other = exchange.authenticate(id, key.reveal(), HERE);

        leaked.revoke(first.revealRefresh(), HERE);

        for (TokenPair pair : new TokenPair[] {first, next}) {
            assertThat(works(pair.revealAccess())).isFalse();
            assertThat(works(pair.revealRefresh())).isFalse();
        }
        assertThat(works(other.revealAccess())).isTrue();
        assertThat(works(other.revealRefresh())).isTrue();
    }

    @Test
    void aSecretInItsGraceEndsItsToken() throws Exception {
        NewToken token = desk.tokens().mint(ada, TokenDraft.of("ci"));
        desk.tokens().rotate(ada, token.facts().id(), Duration.ofHours(1));

        leaked.revoke(token.reveal(), HERE);

        assertThat(isActive(token.facts().id())).isFalse();
    }
}
