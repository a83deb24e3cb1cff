package dev.scopegate.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.testkit.AtOnce;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Desk.Hands clock = new Desk.Hands();
    private final Throttle throttle = new Throttle(60, clock);

    /** How long the key has to wait, in seconds; 0: it was let in. */
    private int wait(String key) {
        try {
            throttle.count(key);
            return 0;
        } catch (AccessDenied e) {
            assertThat(e.problem().code()).isEqualTo("throttled");
            Integer seconds = e.problem().retryAfterSeconds();
            return seconds == null ? -1 : seconds;
        }
    }

    private int letIn(String key, int times) {
        int letIn = 0;
        for (int i = 0; i < times; i++) letIn += wait(key) == 0 ? 1 : 0;
        return letIn;
    }

    @Test
    void whoWasRefusedDoesNotWaitForAClockThatWasSetBack() {
        assertThat(letIn("a", 61)).isEqualTo(60);
        clock.pass(Duration.ofHours(-1));
        assertThat(letIn("a", 61)).isEqualTo(60);
    }

    @Test
    void withinNoMinuteAreThereMoreThanTheMost() {
        clock.pass(Duration.ofMillis(60_000 - clock.millis() % 60_000 - 1_000)); // a second before the minute's end
        assertThat(letIn("a", 60)).isEqualTo(60);
        clock.pass(Duration.ofSeconds(2));
        assertThat(letIn("a", 60)).isZero();
        assertThat(letIn("b", 60)).isEqualTo(60);
        clock.pass(Duration.ofSeconds(57));
        assertThat(letIn("a", 60)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(letIn("a", 61)).isEqualTo(60);
    }

    @Test
    void whoeverWaitsAsLongAsToldIsLetIn() {
        for (int i = 0; i < 60; i++) {
            assertThat(wait("a")).isZero();
            clock.pass(Duration.ofMillis(10));
        }
        int seconds = wait("a");
        assertThat(seconds).isEqualTo(60); // 59.4, rounded up
        for (int i = 0; i < 1_000; i++) assertThat(wait("a")).isPositive();
        clock.pass(Duration.ofSeconds(seconds));
        assertThat(wait("a")).isZero();
    }

    @Test
    void aNewKeyIsLetInHoweverManyThereAre() {
        for (int i = 0; i < Throttle.MOST_KEYS + 1_000; i++)
            assertThat(wait("key " + i)).isZero();

        assertThat(throttle.size()).isEqualTo(Throttle.MOST_KEYS);
        assertThat(wait("new")).isZero();
        assertThat(letIn("new", 60)).isEqualTo(59);
    }

    @Test
    void aFloodOfKeysMakesNobodyForgottenWhoHasAskedMuch() {
        assertThat(letIn("guessing", 60)).isEqualTo(60);
        for (int i = 0; i < 2 * Throttle.MOST_KEYS; i++) wait("key " + i);

        assertThat(wait("guessing")).isPositive();
        clock.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 2; i++) wait("another " + i); // each takes the place of one that is over
        assertThat(letIn("guessing", 60)).isEqualTo(60);
        assertThat(throttle.size()).isEqualTo(Throttle.MOST_KEYS);
    }

    @Test
    void whatIsForgivenDoesNotCount() {
        assertThat(letIn("a", 60)).isEqualTo(60);
        throttle.forgive("a");
        throttle.forgive("nobody");

        assertThat(letIn("a", 2)).isEqualTo(1);
        Throttle once = new Throttle(1, clock);
        once.forgive("a");
        assertThat(once.size()).isZero();
    }

    @Test
    void ofManyAtOnceTheMostAreLetIn() throws Exception {
        List<Integer> waits = AtOnce.run(32, thread -> letIn("a", 10));

        assertThat(waits.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }
}
