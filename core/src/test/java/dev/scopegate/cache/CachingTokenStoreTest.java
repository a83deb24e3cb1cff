package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import dev.scopegate.token.TokenStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachingTokenStoreTest extends CacheHarness {
    @Test
    void aTokenIsLookedUpOnceWithinItsTime() throws Exception {
        NewToken token = kept("ci");

        for (int i = 0; i < 5; i++) assertThat(find(token)).isEqualTo(StoredToken.of(token));
        time.pass(TTL.minusNanos(1));
        assertThat(find(token)).isEqualTo(StoredToken.of(token));

        assertThat(store.lookUps()).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void whenItsTimeIsOverTheStoreIsAskedAgain() throws Exception {
        NewToken token = kept("ci");
        find(token);
        StoredToken revoked = revoke(token);

        time.pass(TTL);

        assertThat(find(token)).isEqualTo(revoked);
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aTokenThatExpiresWhileItIsRememberedIsExpiredFromThatMomentOn() throws Exception {
        NewToken token = kept("ci", facts -> facts.expiresAt(time.instant().plusSeconds(20)));
        find(token);
        time.pass(Duration.ofSeconds(20).minusMillis(1));
        assertThat(find(token).token().statusAt(time.millis())).isEqualTo(TokenStatus.ACTIVE);

        time.pass(Duration.ofMillis(1));

        assertThat(find(token).token().statusAt(time.millis())).isEqualTo(TokenStatus.EXPIRED);
        assertThat(store.lookUps()).isEqualTo(1);
    }

    @Test
    void aTokenThatExpiresLongAfterTheTtlIsAskedForAgainAtTheTtl() throws Exception {
        NewToken token = kept("ci", facts -> facts.expiresAt(java.time.Instant.MAX));
        find(token);

        time.pass(TTL);
        find(token);

        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aRememberedTokenCostsOneReadingOfTheTime() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        cache = new CachingTokenStore(
                store,
                LIMITS,
                () -> {
                    readings.incrementAndGet();
                    return time.read();
                },
                background);
        NewToken token = kept("ci");
        find(token);
        readings.set(0);

        for (int i = 0; i < 10; i++) assertThat(find(token)).isNotNull();

        assertThat(readings).hasValue(10);
    }

    @Test
    void whatNobodyAsksForAnyMoreIsForgotten() throws Exception {
        find(kept("ci"));
        NewToken other = kept("other");

        time.pass(TTL.plusSeconds(1));
        find(other);

        assertThat(cache.size()).isEqualTo(1);
    }

    /** An entry's age begins anew after 2^48 nanoseconds: 78 hours in which nobody asked for anything. */
    @Test
    void anEntryOfDaysAgoIsNotTakenForAFreshOne() throws Exception {
        NewToken token = kept("ci");
        find(token);
        StoredToken revoked = revoke(token);

        time.pass(Duration.ofNanos(1L << 48).plusSeconds(1));

        assertThat(find(token)).isEqualTo(revoked);
    }

    /** Between its look at the time and its look at the entry another request has had the token read again. */
    @Test
    void anEntryThatIsYoungerThanTheRequestsTimeIsFresh() throws Exception {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        cache = new CachingTokenStore(
                store,
                LIMITS,
                () -> {
                    long read = time.read();
                    meanwhile.getAndSet(() -> {}).run();
                    return read;
                },
                background);
        NewToken token = kept("ci");
        find(token);
        time.pass(Duration.ofSeconds(2));

        meanwhile.set(() -> {
            time.pass(Duration.ofMillis(1));
            assertThatCode(() -> cache.findLive(tokens.present(token))).doesNotThrowAnyException();
            store.fail();
        });

        assertThat(find(token)).isEqualTo(StoredToken.of(token));
    }

    @Test
    void withATtlOfZeroEveryRequestAsksTheStore() throws Exception {
        cache = cache(new CacheLimits(Duration.ZERO, 100, Duration.ZERO, 0, Duration.ZERO, Duration.ofSeconds(5)));
        NewToken token = kept("ci");

        for (int i = 0; i < 3; i++) assertThat(find(token)).isNotNull();
        for (int i = 0; i < 3; i++)
            assertThat(cache.find(tokens.guess("0123456789ABCD"))).isNull();

        assertThat(store.lookUps()).isEqualTo(6);
    }

    @Test
    void aTokenThatTheStoreDoesNotClaimIsUnknownWithoutALookUp() throws Exception {
        BearerToken other = tokens.read("other.token");

        assertThat(cache.claims(other)).isFalse();
        assertThat(cache.find(other)).isNull();
        assertThat(cache.findLive(other)).isNull();
        assertThat(store.lookUps()).isZero();
    }

    @Test
    void aTokenOfAnotherKindIsCachedByTheHashOfAllOfIt() throws Exception {
        AccessToken facts =
                AccessToken.builder(TokenKind.ACCESS, "jti-a.b.c", "jwt", "ada").build();
        store.put(StoredToken.identifiedAsWhole(facts));

        for (int i = 0; i < 3; i++) assertThat(opens(tokens.read("a.b.c"))).isTrue();
        assertThat(store.lookUps()).isEqualTo(1);
        assertThat(store.claims()).as("a JWT is not taken apart again").isEqualTo(1);
        assertThat(cache.find(tokens.read("a.b.d"))).isNull();
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aTokenOfOursThatIsIdentifiedAsAWholeOpensNothing() throws Exception {
        NewToken token = tokens.mint("ada", "ci");
        store.put(StoredToken.identifiedAsWhole(token.facts()));

        assertThat(opens(tokens.present(token))).isFalse();
    }

    @Test
    void theSumOfWeightsIsBounded() throws Exception {
        cache = cache(new CacheLimits(TTL, 100, UNKNOWN_TTL, 10, Duration.ZERO, Duration.ofSeconds(5)));
        List<String> sixteen = IntStream.range(0, 16).mapToObj(i -> "s" + i).toList();

        for (int i = 0; i < 1_000; i++) find(kept("heavy-" + i, facts -> facts.scopes(sixteen)));
        assertThat(cache.size()).isBetween(1L, 33L); // each weighs 3

        for (int i = 0; i < 1_000; i++) find(kept("light-" + i, facts -> facts.scopes(List.of("public"))));
        assertThat(cache.size()).isBetween(34L, 100L);
    }

    @Test
    void aLiveLookUpAlwaysAsksAndItsAnswerReplacesTheEntry() throws Exception {
        NewToken token = kept("ci");
        find(token);
        StoredToken revoked = revoke(token);

        assertThat(cache.findLive(tokens.present(token))).isEqualTo(revoked);
        assertThat(cache.findLive(tokens.present(token))).isEqualTo(revoked);

        assertThat(store.liveLookUps()).isEqualTo(2);
        assertThat(find(token)).isEqualTo(revoked);
        assertThat(store.lookUps()).isEqualTo(3);
    }

    @Test
    void aLiveLookUpThatFindsNothingTakesTheEntryAway() throws Exception {
        NewToken token = kept("ci");
        find(token);
        store.remove(StoredToken.of(token));

        assertThat(cache.findLive(tokens.present(token))).isNull();
        assertThat(find(token)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void aLiveLookUpStartsTheEntrysTimeAnew() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(TTL.minusSeconds(1));
        cache.findLive(tokens.present(token));

        time.pass(Duration.ofSeconds(30));
        find(token);

        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void aLiveLookUpThatCannotBeMadeIsNotAnsweredFromTheCache() throws Exception {
        cache = cache(stale(Duration.ofHours(1)));
        NewToken token = kept("ci");
        find(token);
        store.fail();

        assertThatThrownBy(() -> cache.findLive(tokens.present(token))).isInstanceOf(Unavailable.class);
        assertThat(find(token)).isNotNull();
    }

    @Test
    void closingForgetsAllAndClosesTheStore() throws Exception {
        List<NewToken> all = new ArrayList<>(List.of(kept("a"), kept("b")));
        for (NewToken token : all) find(token);

        cache.close();

        assertThat(cache.size()).isZero();
        assertThat(store.isClosed()).isTrue();
    }
}
