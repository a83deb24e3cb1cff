package dev.scopegate.issuer;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the requests of each client address, or for each user, in the present minute and refuses those that are too many. One
 * node's; holds a bounded number of them. Safe for any number of threads.
 */
final class Throttle {
    private static final long WINDOW_MILLIS = 60_000;
    private static final int MOST_ADDRESSES = 100_000;

    private final int most;
    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long window;

    Throttle(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    synchronized void count(String address) throws AccessDenied {
        long now = clock.millis();
        if (now / WINDOW_MILLIS != window) {
            window = now / WINDOW_MILLIS;
            counts.clear();
        }
        boolean isFull = counts.size() >= MOST_ADDRESSES && !counts.containsKey(address);
        int count = isFull ? Integer.MAX_VALUE : counts.merge(address, 1, Integer::sum);
        if (count <= most) return;
        long wait = WINDOW_MILLIS - now % WINDOW_MILLIS;
        throw new AccessDenied(Problem.throttled((int) Math.max(1, (wait + 999) / 1_000)));
    }

    /** Takes one back that turned out to be in order. */
    synchronized void forgive(String address) {
        counts.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }
}
