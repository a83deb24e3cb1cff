package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.issuer.SignInThrottle.Guess;
import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often passwords may be guessed, and whom that may not shut out. */
class SignInThrottleTest {
    private final Desk.Hands clock = new Desk.Hands();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private static ClientAddress from(int network) {
        return ClientAddress.ofPeer("192.0." + network / 256 + "." + network % 256);
    }

    private boolean isTaken(String name, int network) {
        try {
            Guess unused = throttle.count(name, from(network));
            return true;
        } catch (AccessDenied e) {
            assertThat(e.problem().code()).isEqualTo("throttled");
            assertThat(e.problem().retryAfterSeconds()).isBetween(1, 60);
            return false;
        }
    }

    /** How many guesses of so many are taken. */
    private int guesses(String name, int network, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) if (isTaken(name, network)) taken++;
        return taken;
    }

    private void signIn(String name, int network) throws AccessDenied {
        throttle.count(name, from(network)).isRight();
    }

    @Test
    void aNameIsGuessedTenTimesFromAnAddressAndNobodyElseIsTouchedByThat() {
        assertThat(guesses("ada", 1, 100)).isEqualTo(10);
        assertThat(guesses("ada", 2, 1)).isEqualTo(1);
        assertThat(guesses("eve", 1, 1)).isEqualTo(1);
        clock.pass(Duration.ofMinutes(1));
        assertThat(guesses("ada", 1, 100)).isEqualTo(10);
    }

    @Test
    void anAddressGuessesThirtyTimesWhateverTheNames() {
        int taken = 0;
        for (int i = 0; i < 100; i++) taken += guesses("user " + i, 1, 1);
        assertThat(taken).isEqualTo(30);
        assertThat(guesses("user 99", 2, 1)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedForANameCountsNowhereElse() {
        guesses("ada", 1, 1_000);
        int taken = 0;
        for (int i = 0; i < 100; i++) taken += guesses("user " + i, 1, 1);
        assertThat(taken).isEqualTo(20);
    }

    @Test
    void fromEverywhereTogetherANameIsGuessedFiftyTimes() {
        int taken = 0;
        for (int network = 0; network < 100; network++) taken += guesses("ada", network, 10);
        assertThat(taken).isEqualTo(50);
        assertThat(guesses("eve", 100, 1)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedForANameFromEverywhereCountsForNoAddress() {
        for (int network = 0; network < 5; network++) guesses("ada", network, 10);
        clock.pass(Duration.ofSeconds(30));
        assertThat(guesses("ada", 99, 100)).isZero();
        int taken = 0;
        for (int i = 0; i < 100; i++) taken += guesses("user " + i, 99, 1);
        assertThat(taken).isEqualTo(30);

        assertThat(guesses("ada", 98, 100)).isZero();
        clock.pass(Duration.ofSeconds(30));
        assertThat(guesses("ada", 98, 100)).isEqualTo(10);
    }

    @Test
    void whoHasSignedInFromSomewhereIsNotShutOutThereByAnybodyElsewhere() throws Exception {
        signIn("ada", 7);
        signIn("eve", 8);
        for (int minute = 0; minute < 60; minute++) {
            for (int network = 100; network < 200; network++) guesses("ada", network, 10);
            assertThat(guesses("ada", 8, 1)).as("where another user signs in").isZero();
            signIn("ada", 7);
            clock.pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void aFamiliarAddressGuessesNoMoreThanAnother() throws Exception {
        signIn("ada", 7);
        assertThat(guesses("ada", 7, 100)).isEqualTo(10);
        int elsewhere = 0;
        for (int network = 100; network < 200; network++) elsewhere += guesses("ada", network, 10);
        assertThat(elsewhere).isEqualTo(50);
    }

    @Test
    void signingInTakesBackWhatWasCountedForItAndNothingElse() throws Exception {
        for (int i = 0; i < 100; i++) signIn("ada", i % 3);
        for (int network = 100; network < 200; network++) guesses("ada", network, 10);
        for (int i = 0; i < 20; i++) signIn("ada", 1);
        assertThat(guesses("ada", 300, 1)).isZero();
        assertThat(guesses("ada", 1, 100)).isEqualTo(10);
    }

    @Test
    void theAddressesOfAUserThatAreRememberedAreTheLastOnes() throws Exception {
        for (int network = 0; network <= SignInThrottle.MOST_ADDRESSES; network++) signIn("ada", network);
        for (int network = 100; network < 200; network++) guesses("ada", network, 10);
        assertThat(guesses("ada", 0, 1)).isZero();
        assertThat(guesses("ada", 1, 1)).isEqualTo(1);
        assertThat(guesses("ada", SignInThrottle.MOST_ADDRESSES, 1)).isEqualTo(1);
    }

    @Test
    void theUsersWhoseAddressesAreRememberedAreTheLastOnes() throws Exception {
        for (int user = 0; user <= SignInThrottle.MOST_USERS; user++) signIn("user " + user, 1);
        for (String name : new String[] {"user 0", "user 1"}) {
            for (int network = 100; network < 110; network++) guesses(name, network, 10);
        }
        assertThat(guesses("user 0", 1, 1)).isZero();
        assertThat(guesses("user 1", 1, 1)).isEqualTo(1);
    }
}
