package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.testkit.LogLines;
import dev.scopegate.token.NewToken;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackgroundRefreshTest extends CacheHarness {
    private static final Duration NEARLY_OVER = Duration.ofSeconds(46);

    @Test
    void anEntryInUseIsReadAgainBeforeItsTimeIsOverAndTheRequestDoesNotWait() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(NEARLY_OVER);

        assertThat(find(token)).isNotNull();

        assertThat(store.lookUps()).isEqualTo(1);
        assertThat(background.waiting()).isEqualTo(1);
        background.runAll();
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void anEntryThatWasReadAgainLivesAWholeTtlFromThen() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(NEARLY_OVER);
        find(token);
        background.runAll();

        time.pass(Duration.ofSeconds(44));
        find(token);
        assertThat(store.lookUps()).isEqualTo(2);

        time.pass(Duration.ofSeconds(16));
        find(token);
        assertThat(store.lookUps()).isEqualTo(3);
    }

    @Test
    void anEntryInConstantUseIsNeverWaitedFor() throws Exception {
        NewToken token = kept("ci");
        find(token);
        for (int second = 0; second < 600; second++) {
            time.pass(Duration.ofSeconds(1));
            int before = store.lookUps();
            find(token);
            assertThat(store.lookUps()).isEqualTo(before);
            background.runAll();
        }
    }

    @Test
    void anEntryIsReadAgainOnceHoweverManyRequestsComeBy() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(NEARLY_OVER);

        for (int i = 0; i < 100; i++) find(token);

        assertThat(background.waiting()).isEqualTo(1);
    }

    @Test
    void aYoungEntryIsNotReadAgain() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(Duration.ofSeconds(45));

        find(token);

        assertThat(background.waiting()).isZero();
    }

    @Test
    void anEntryThatNobodyAsksForIsNotReadAgain() throws Exception {
        find(kept("ci"));
        time.pass(TTL.multipliedBy(2));

        assertThat(background.waiting()).isZero();
        assertThat(cache.size()).isZero();
    }

    @Test
    void aRevocationIsSeenWhenTheEntryIsReadAgain() throws Exception {
        NewToken token = kept("ci");
        find(token);
        StoredToken revoked = revoke(token);
        time.pass(NEARLY_OVER);
        find(token);

        background.runAll();

        assertThat(find(token)).isEqualTo(revoked);
    }

    @Test
    void aDeletionIsSeenWhenTheEntryIsReadAgain() throws Exception {
        NewToken token = kept("ci");
        find(token);
        store.remove(StoredToken.of(token));
        time.pass(NEARLY_OVER);
        find(token);

        background.runAll();

        assertThat(find(token)).isNull();
        assertThat(store.lookUps()).isEqualTo(2);
    }

    @Test
    void anEntryThatCouldNotBeReadAgainServesUntilItsTtlAndNoLonger() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(NEARLY_OVER);
        find(token);
        store.fail();

        try (LogLines log = new LogLines()) {
            background.runAll();
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains(token.facts().id())
                    .doesNotContain(token.reveal());
        }

        time.pass(TTL.minus(NEARLY_OVER).minusNanos(1));
        assertThat(find(token)).isNotNull();
        time.pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> find(token)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aStoreThatBreaksInTheBackgroundIsReportedAndBreaksNothingElse() throws Exception {
        NewToken token = kept("ci");
        find(token);
        time.pass(NEARLY_OVER);
        find(token);
        store.failWith(new IllegalStateException("a driver's own exception"));

        try (LogLines log = new LogLines()) {
            background.runAll();
            assertThat(log.all()).isNotEmpty().allMatch(line -> line.startsWith("WARNING"));
        }

        assertThat(find(token)).isNotNull();
    }

    @Test
    void aFullBackgroundLeavesTheWorkToTheRequestAfterTheTtl() throws Exception {
        NewToken token = kept("ci");
        find(token);
        background.beFull();
        time.pass(NEARLY_OVER);
        assertThat(find(token)).isNotNull();

        time.pass(TTL.minus(NEARLY_OVER));
        assertThat(find(token)).isNotNull();
        assertThat(store.lookUps()).isEqualTo(2);
    }
}
