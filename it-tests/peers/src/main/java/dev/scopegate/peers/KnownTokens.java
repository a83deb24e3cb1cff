package dev.scopegate.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.scopegate.benchmarks.Fixture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The store that every peer asks behind its cache: the two tokens of the fixture, and the one scope that each has. */
final class KnownTokens {
    private final Map<String, String> scopes;
    private final LongAdder lookUps = new LongAdder();

    KnownTokens(Fixture fixture) {
        this.scopes = Map.of(
                fixture.validToken(), Fixture.NEEDED,
                fixture.forbiddenToken(), Fixture.OTHER);
    }

    /** The scope of a token; null for one that is not known. */
    @Nullable String scope(String token) {
        lookUps.increment();
        return scopes.get(token);
    }

    /** How often it was asked. */
    long lookUps() {
        return lookUps.sum();
    }

    /** A cache with the limits of the filter written by hand. */
    static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(Duration.ofSeconds(60))
                .build();
    }
}
