package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.testkit.TestTokens;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that are kept in half the room, wherever a ticker begins and whenever it passes what an int can count. */
class CachedTokenTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICK = 1 << 16;

    private static CachedToken entry(long loadedAt) {
        return new CachedToken(new TestTokens().stored("ada", "ci"), loadedAt, loadedAt - SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MAX_VALUE - 1, Long.MIN_VALUE, (1L << 47) - 1, (1L << 51) - 1})
    void anEntryIsNeverYoungerThanItIsAndHardlyOlder(long loadedAt) {
        CachedToken entry = entry(loadedAt);
        for (long age : new long[] {0, 1, SECOND, 60 * SECOND, TimeUnit.DAYS.toNanos(2), TimeUnit.DAYS.toNanos(3)}) {
            assertThat(entry.age(loadedAt + age)).isBetween(age, age + TICK);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 1, (1L << 49) - 1, (1L << 50) - 1, (1L << 51) - 1})
    void theStoreIsAskedAgainOnceASecondWhateverElseHappens(long loadedAt) {
        CachedToken entry = entry(loadedAt);
        assertThat(entry.mayRecheck(loadedAt, SECOND)).isTrue();
        assertThat(entry.beginRefresh()).isTrue();
        assertThat(entry.beginRefresh()).isFalse();
        assertThat(entry.mayRecheck(loadedAt + SECOND / 2, SECOND)).isFalse();
        assertThat(entry.mayRecheck(loadedAt - SECOND / 2, SECOND))
                .as("a thread that is late")
                .isFalse();
        assertThat(entry.recheckedAt(loadedAt + SECOND / 2, SECOND) - loadedAt).isBetween(-2 * MILLI, 2 * MILLI);
        assertThat(entry.hasFailed(loadedAt + SECOND / 2, SECOND)).isFalse();
        assertThat(entry.mayRecheck(loadedAt + SECOND, SECOND)).isTrue();
        assertThat(entry.beginRefresh()).isFalse();
    }

    @Test
    void aFailureIsKnownForASecondAndKeepsNoWrongSecretFromTheNextEntry() {
        CachedToken entry = entry(0);
        assertThat(entry.hasFailed(0, SECOND)).isFalse();
        entry.failed(60 * SECOND);

        assertThat(entry.hasFailed(60 * SECOND + SECOND / 2, SECOND)).isTrue();
        assertThat(entry.hasFailed(61 * SECOND, SECOND)).isFalse();
        assertThat(entry.recheckedAt(60 * SECOND, SECOND)).isEqualTo(59 * SECOND);
        assertThat(entry.beginRefresh()).isTrue();
    }

    @Test
    void entriesThatWouldOutliveTheirClockAreRefused() {
        Duration day = Duration.ofDays(1);
        assertThat(new CacheLimits(day, 1, day, 1, day, day).ttl()).isEqualTo(day);
        assertThatThrownBy(() -> new CacheLimits(day.plusNanos(1), 1, day, 1, day, day))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
