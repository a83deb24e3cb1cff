package dev.scopegate.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.benchmarks.Comparison;
import dev.scopegate.benchmarks.KeepAlive;
import dev.scopegate.benchmarks.Presented;
import dev.scopegate.benchmarks.WarmUp;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cached token costs in bytes; what is measured stands in docs/performance.md, and the compiler may be less far here. */
class AllocationTest {
    private static final int MOST_BYTES_IN_JERSEY = 800;
    private static final int MOST_BYTES_MORE_FOR_A_JWT = 500;
    private static final int ROUNDS = 20;
    private static final int REQUESTS = 100;

    @Test
    void filterAndFeatureCostFewBytesARequest() {
        assertThat(bytes(Peer.JERSEY_SCOPEGATE, Peer.JERSEY)).isLessThan(MOST_BYTES_IN_JERSEY);
    }

    @Test
    void theFeatureCostsAtMostHalfTheBytesOfDropwizardAuth() {
        assertThat(2 * bytes(Peer.JERSEY_FEATURE, Peer.JERSEY)).isLessThan(bytes(Peer.DROPWIZARD, Peer.JERSEY));
    }

    @Test
    void aJwtUsedAgainCostsOneCopyOfItMoreThanATokenOfOurs() {
        assertThat(bytes(Peer.JWT_AGAIN, Peer.SCOPEGATE)).isLessThan(MOST_BYTES_MORE_FOR_A_JWT);
    }

    private static double bytes(Peer one, Peer base) {
        Map<Peer, KeepAlive> connections = new EnumMap<>(Peer.class);
        connections.put(base, base.open(Presented.VALID));
        connections.put(one, one.open(Presented.VALID));
        try (Comparison<Peer> costs = new Comparison<>(connections)) {
            WarmUp.untilTheCompilerIsSilent(
                    () -> costs.warmUp(REQUESTS), Duration.ofMillis(700), Duration.ofSeconds(20));
            for (int i = 0; i < ROUNDS; i++) costs.measure(REQUESTS);
            return costs.bytes(one, base).median();
        }
    }
}
