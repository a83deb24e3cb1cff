package dev.scopegate.benchmarks;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.cache.CacheLimits;
import dev.scopegate.cache.CachingTokenStore;
import dev.scopegate.problem.Unavailable;
import dev.scopegate.store.StoredToken;
import dev.scopegate.store.TokenStore;
import dev.scopegate.token.AccessToken;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.NewToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much memory a million cached tokens take: each with facts of its own, as a database would give them. */
public final class CacheFootprint {
    private static final int TOKENS = 1_000_000;

    private CacheFootprint() {}

    public static void main(String[] args) throws Unavailable {
        TokenFormat format = TokenFormat.standard();
        CacheLimits limits = new CacheLimits(
                Duration.ofHours(1), TOKENS, Duration.ofSeconds(1), 10, Duration.ZERO, Duration.ofSeconds(1));
        CachingTokenStore cache = new CachingTokenStore(fresh(format), limits, Ticker.systemTicker(), Runnable::run);
        long before = used();
        for (int i = 0; i < TOKENS; i++) {
            BearerToken presented = format.mint(TokenKind.PERSONAL);
            if (cache.find(presented) == null) throw new IllegalStateException("nothing was found");
        }
        long after = used();
        System.out.printf(
                Locale.ROOT,
                "%,d cached tokens take %,d MB, %d bytes each%n",
                cache.size(),
                (after - before) / 1_000_000,
                (after - before) / TOKENS);
        cache.close();
    }

    /** Every look-up makes objects of its own, the texts too. */
    private static TokenStore fresh(TokenFormat format) {
        return new TokenStore() {
            @Override
            public @Nullable StoredToken find(BearerToken presented) {
                String id = new String(Objects.requireNonNull(presented.id()));
                AccessToken facts = AccessToken.builder(
                                TokenKind.PERSONAL, id, "laptop of " + id.substring(0, 6), "owner-" + id.substring(6))
                        .createdBy("owner-" + id.substring(6))
                        .createdAt(Instant.now())
                        .expiresAt(Instant.now().plus(Duration.ofDays(30)))
                        .scopes(List.of("public", new String("data.overview")))
                        .hint(format.hint(TokenKind.PERSONAL, id))
                        .build();
                return StoredToken.of(new NewToken(facts, presented));
            }
        };
    }

    private static long used() {
        for (int i = 0; i < 4; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
