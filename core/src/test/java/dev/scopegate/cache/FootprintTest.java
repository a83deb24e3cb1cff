package dev.scopegate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.testkit.TestTokens;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much memory cached tokens take. */
class FootprintTest {
    /**
     * As many as the cache holds, so that all it keeps beside them counts; and so many that what other tests in this process
     * have left does not show.
     */
    private static final int TOKENS = 500_000;

    private static final int WARM = 1_000;
    /** A million in 400,000,000. */
    private static final int MOST_BYTES = 400;

    private final TestTokens tokens = new TestTokens();

    /** Each with facts of its own, the texts too, as a database would give them. */
    private StoredToken fresh(BearerToken presented) {
        String id = new String(Objects.requireNonNull(presented.id()));
        AccessToken facts = AccessToken.builder(
                        TokenKind.PERSONAL, id, "laptop of " + id.substring(0, 6), "owner-" + id.substring(6))
                .createdBy("owner-" + id.substring(6))
                .createdAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofDays(30)))
                .scopes(List.of("public", new String("data.overview")))
                .hint(tokens.format().hint(TokenKind.PERSONAL, id))
                .build();
        return StoredToken.of(new NewToken(facts, presented));
    }

    @Test
    void aMillionTokensFitIntoFourHundredMegabytes() throws Exception {
        CacheLimits limits = new CacheLimits(
                Duration.ofHours(1), WARM + TOKENS, Duration.ofSeconds(1), 10, Duration.ZERO, Duration.ofSeconds(1));
        TokenStore store = new TokenStore() {
            @Override
            public @Nullable StoredToken find(BearerToken presented) {
                return fresh(presented);
            }
        };
        try (CachingTokenStore cache = new CachingTokenStore(store, limits, Ticker.systemTicker(), Runnable::run)) {
            fill(cache, WARM); // what is there once, as classes
            long before = used();
            fill(cache, TOKENS);
            long bytes = used() - before;

            assertThat(cache.size()).isEqualTo(WARM + TOKENS);
            assertThat(bytes / TOKENS).isLessThan(MOST_BYTES).isGreaterThan(100);
        }
    }

    private void fill(CachingTokenStore cache, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            BearerToken presented = tokens.format().mint(TokenKind.PERSONAL);
            assertThat(cache.find(presented)).isNotNull().matches(found -> found.opensWith(presented, 0));
        }
    }

    /** What is reachable: collected until it no longer shrinks. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int steady = 0; steady < 3; ) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            steady = now < least - 1_000 ? 0 : steady + 1;
            least = Math.min(least, now);
        }
        return least;
    }
}
