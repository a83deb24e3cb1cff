package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenChange;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a look-up which a change overtakes is the guard's doing: with the guard taken out the same steps let a revoked token in. */
class GuardTest extends CacheHarness {
    /** Look-ups that nothing overtakes. */
    private static final class Unguarded extends LookUps {
        Unguarded() {
            super(Duration.ofSeconds(60));
        }

        @Override
        void overtake(String key) {}

        @Override
        void overtakeAll() {}
    }

    private final NewToken token = kept("ci", facts -> facts.parent("key-1"));

    static Stream<TokenChange> waysToTell() {
        return Stream.of(
                new TokenChange.OfParent("key-1"), new TokenChange.OfOwner("ada"), new TokenChange.OfEverything());
    }

    /** A revocation comes while the store has read the old state and has not answered yet. */
    private boolean opensAfterARevocationDuringALookUp(TokenChange told) throws Exception {
        HandStore.Hold hold = store.hold();
        Future<StoredToken> overtaken = elsewhere(() -> find(token));
        hold.awaitRead();
        revoke(token);
        cache.forget(told);
        cache.forget(new TokenChange.OfToken(token.facts().id()));
        hold.letGo();
        overtaken.get();
        StoredToken found = find(token);
        return found != null && found.token().revokedAt() == null;
    }

    @ParameterizedTest
    @MethodSource("waysToTell")
    void withTheGuardARevokedTokenIsRefused(TokenChange told) throws Exception {
        assertThat(opensAfterARevocationDuringALookUp(told)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("waysToTell")
    void withoutTheGuardTheSameStepsLetItIn(TokenChange told) throws Exception {
        cache = new CachingTokenStore(store, LIMITS, time, background, new Unguarded());

        assertThat(opensAfterARevocationDuringALookUp(told)).isTrue();
    }
}
