package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.AtOnce;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongSecretTest extends CacheHarness {
    private final NewToken token = kept("ci");

    private BearerToken guess() {
        return tokens.guess(token.facts().id());
    }

    @Test
    void wrongSecretsForACachedTokenAskTheStoreAtMostOnceASecond() throws Exception {
        find(token);
        for (int tenth = 0; tenth < 100; tenth++) {
            for (int i = 0; i < 50; i++) assertThat(opens(guess())).isFalse();
            time.pass(Duration.ofMillis(100));
        }

        assertThat(store.lookUps()).isBetween(10, 12);
        assertThat(opens(tokens.present(token))).isTrue();
    }

    @Test
    void aWrongSecretForAnEntryJustReadMayAskOnceMore() throws Exception {
        find(token);
        BearerToken newer = guess();
        store.put(new StoredToken(token.facts(), List.of(new StoredToken.Secret(newer.hash(), null))));

        assertThat(opens(newer)).isTrue();
        for (int i = 0; i < 50; i++) assertThat(opens(guess())).isFalse();

        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void evenManyThreadsWithWrongSecretsCauseOneLookUp() throws Exception {
        find(token);
        time.pass(Duration.ofSeconds(2));
        BearerToken[] guesses = new BearerToken[32];
        for (int i = 0; i < guesses.length; i++) guesses[i] = guess();

        assertThat(AtOnce.run(32, thread -> opens(guesses[thread]))).containsOnly(false);

        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void theRightSecretNeverAsksAgainThoughWrongOnesCome() throws Exception {
        find(token);
        time.pass(Duration.ofSeconds(5));
        opens(guess());
        int before = store.lookUps();

        for (int i = 0; i < 100; i++) assertThat(opens(tokens.present(token))).isTrue();

        assertThat(store.lookUps()).isEqualTo(before);
    }

    @Test
    void aRotationElsewhereIsSeenByTheFirstUseOfTheNewSecret() throws Exception {
        find(token);
        BearerToken newer = guess();
        store.put(new StoredToken(
                token.facts(),
                List.of(
                        new StoredToken.Secret(newer.hash(), null),
                        new StoredToken.Secret(token.hash(), time.instant().plusSeconds(30)))));
        time.pass(Duration.ofSeconds(1));

        assertThat(opens(newer)).isTrue();
        assertThat(opens(tokens.present(token))).isTrue();

        time.pass(Duration.ofSeconds(29));
        assertThat(opens(tokens.present(token))).isFalse();
        assertThat(opens(newer)).isTrue();
    }

    @Test
    void theOldSecretOfARotationWithoutGraceIsDeadOnceTheNewOneWasSeen() throws Exception {
        find(token);
        BearerToken newer = guess();
        store.put(new StoredToken(token.facts(), List.of(new StoredToken.Secret(newer.hash(), null))));
        time.pass(Duration.ofSeconds(1));

        assertThat(opens(newer)).isTrue();

        assertThat(opens(tokens.present(token))).isFalse();
    }

    @Test
    void aLookUpForAWrongSecretThatFailsLeavesTheEntryInPlace() throws Exception {
        find(token);
        time.pass(Duration.ofSeconds(2));
        store.fail();

        assertThatThrownBy(() -> opens(guess())).isInstanceOf(Unavailable.class);
        assertThat(opens(guess())).isFalse();
        assertThat(opens(tokens.present(token))).isTrue();
    }

    @Test
    void aTokenOfAnotherKindUnderTheSameIdIsAWrongSecret() throws Exception {
        find(token);

        assertThat(opens(tokens.format().mint(TokenKind.ACCESS, token.facts().id())))
                .isFalse();
    }
}
