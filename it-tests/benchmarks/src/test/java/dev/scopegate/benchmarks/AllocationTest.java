package dev.scopegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What does not depend on the machine: bytes and look-ups. Times are for {@link Paired}. */
class AllocationTest {
    /** Beyond the bare servlet's own; what is measured stands in docs/performance.md. */
    private static final int MOST_BYTES = 400;

    private static final int MOST_BYTES_REFUSED = 550;

    private static final int ROUNDS = 20;
    private static final int REQUESTS = 100;
    private static final Map<Presented, Comparison<Application>> COMPARISONS = new EnumMap<>(Presented.class);

    @BeforeAll
    static void measure() {
        for (Presented one :
                List.of(Presented.VALID, Presented.FORBIDDEN, Presented.UNKNOWN, Presented.WRONG_CHECKSUM)) {
            COMPARISONS.put(one, Comparison.of(one));
        }
        WarmUp.untilTheCompilerIsSilent(
                () -> COMPARISONS.values().forEach(one -> one.warmUp(REQUESTS)),
                Duration.ofMillis(700),
                Duration.ofSeconds(20));
        for (int i = 0; i < ROUNDS; i++) COMPARISONS.values().forEach(one -> one.measure(REQUESTS));
    }

    @AfterAll
    static void close() {
        COMPARISONS.values().forEach(Comparison::close);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOTATED", "RULE"})
    void aCachedValidTokenCostsFewBytesARequest(Application scopegate) {
        assertThat(bytes(Presented.VALID, scopegate)).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOTATED", "RULE"})
    void aWrongChecksumCostsFewerBytesThanAnyOtherToken(Application scopegate) {
        assertThat(bytes(Presented.WRONG_CHECKSUM, scopegate))
                .isLessThan(bytes(Presented.VALID, scopegate))
                .isLessThan(bytes(Presented.UNKNOWN, scopegate));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANNOTATED", "RULE"})
    void refusalsCostFewBytesToo(Application scopegate) {
        assertThat(bytes(Presented.UNKNOWN, scopegate)).isLessThan(MOST_BYTES_REFUSED);
        assertThat(bytes(Presented.FORBIDDEN, scopegate)).isLessThan(MOST_BYTES_REFUSED);
    }

    @Test
    void aWrongChecksumNeverReachesTheStore() {
        assertThat(lookUpsAfter10000(Presented.WRONG_CHECKSUM)).isZero();
    }

    @Test
    void tenThousandRequestsWithOneTokenReachTheStoreOnce() {
        assertThat(lookUpsAfter10000(Presented.VALID)).isEqualTo(1);
    }

    @Test
    void anUnknownTokenReachesTheStoreOnceWhileItIsRemembered() {
        assertThat(lookUpsAfter10000(Presented.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void anUnknownTokenThatIsNotRememberedReachesTheStoreEachTime() {
        assertThat(lookUpsAfter10000(Presented.UNKNOWN_UNCACHED)).isEqualTo(10_000);
    }

    private static long lookUpsAfter10000(Presented presented) {
        try (Fixture fixture = new Fixture(presented);
                KeepAlive connection = KeepAlive.open(Application.ANNOTATED, presented, fixture, () -> {})) {
            for (int i = 1; i < 10_000; i++) connection.send(); // opening has sent the first
            return fixture.lookUps();
        }
    }

    /** What a request costs over the bare servlet. */
    private static double bytes(Presented presented, Application scopegate) {
        Comparison<Application> costs = Objects.requireNonNull(COMPARISONS.get(presented));
        return costs.bytes(scopegate, Application.BARE).median();
    }
}
