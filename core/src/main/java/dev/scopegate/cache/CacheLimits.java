package dev.scopegate.cache;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.Settings;
import java.time.Duration;

/**
 * How much and how long a cache remembers.
 *
 * @param ttl the longest time before the store is asked again; with {@code staleIfUnavailable} two days at most
 * @param weight the sum that the entries may weigh: 1 each, and 1 more for every 8 scopes, resources and networks
 * @param unknownTtl the same for unknown tokens
 * @param unknownSize how many unknown tokens are remembered
 * @param staleIfUnavailable how long beyond the TTL an entry serves while the store is down
 * @param lookUpTimeout how long a request waits for another one's look-up
 */
public record CacheLimits(
        Duration ttl,
        long weight,
        Duration unknownTtl,
        long unknownSize,
        Duration staleIfUnavailable,
        Duration lookUpTimeout) {
    private static final Duration LONGEST = Duration.ofDays(2);

    /** An entry measures its age within these two days. */
    public CacheLimits {
        if (ttl.plus(staleIfUnavailable).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ttl and staleIfUnavailable are more than two days together");
        }
    }

    public static CacheLimits of(Configuration configuration) {
        return new CacheLimits(
                configuration.get(Settings.CACHE_TTL),
                configuration.get(Settings.CACHE_WEIGHT),
                configuration.get(Settings.UNKNOWN_TTL),
                configuration.get(Settings.UNKNOWN_SIZE),
                configuration.get(Settings.STALE_IF_UNAVAILABLE),
                configuration.get(Settings.LOOK_UP_TIMEOUT));
    }
}
