package dev.scopegate.access;

import dev.scopegate.cache.LookUpStats;
import dev.scopegate.export.ExportStats;
import java.util.Map;

/**
 * What has happened since an application started: numbers that only grow, except {@code cachedTokens}.
 *
 * @param authentications how many requests by outcome: {@code admitted}, or the code of the refusal that waits for a request
 *     without a usable token; every outcome is there from the start
 * @param refusals how many refusals of requests that had a token, by code; those of exports too, also where the answer had begun
 * @param lookUps what the store was asked; every other request with a token was answered from the cache
 * @param cachedTokens how many tokens are remembered now; an estimate
 * @param lostEvents how many events the audit log has not got, since there were too many or it did not answer for too long
 * @param exports what limited responses were sent, and how the ledger answered
 */
public record ScopegateStats(
        Map<String, Long> authentications,
        Map<String, Long> refusals,
        LookUpStats lookUps,
        long cachedTokens,
        long lostEvents,
        ExportStats exports) {
    public ScopegateStats {
        authentications = Map.copyOf(authentications);
        refusals = Map.copyOf(refusals);
    }
}
