package dev.scopegate.issuer;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the requests of each key, such as a network or a user name, and refuses those that are more than so many within any
 * minute. One node's. It holds a bounded number of keys; beyond that, keys that have asked little make room for others, the
 * longest silent first, so that a flood of keys neither shuts anybody out nor makes one forgotten that has asked much. Safe for
 * any number of threads.
 */
final class Throttle {
    /** How many keys are held. */
    static final int MOST_KEYS = 50_000;

    private static final long WINDOW_MILLIS = 60_000;
    private static final int MILLIS = 1_000;

    private final int most;
    private final Clock clock;
    /** When each key asked within the last minute, the oldest first. Both maps have the longest silent key first. */
    private final Map<String, Deque<Long>> seldom = new LinkedHashMap<>();

    private final Map<String, Deque<Long>> often = new LinkedHashMap<>();

    Throttle(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Counts one request; one that is refused does not count, so that whoever waits as long as told is let in. */
    synchronized void count(String key) throws AccessDenied {
        long now = clock.millis();
        Deque<Long> asked = take(key);
        if (!asked.isEmpty() && asked.getLast() > now) asked.clear(); // the clock was set back
        while (!asked.isEmpty() && asked.getFirst() <= now - WINDOW_MILLIS) asked.removeFirst();
        boolean isTooMuch = asked.size() >= most;
        long wait = isTooMuch ? asked.getFirst() + WINDOW_MILLIS - now : 0;
        if (!isTooMuch) asked.addLast(now);
        keep(key, asked, now);
        if (isTooMuch) throw new AccessDenied(Problem.throttled((int) ((wait + MILLIS - 1) / MILLIS)));
    }

    /** Takes the last one back: it turned out to be in order. */
    synchronized void forgive(String key) {
        Deque<Long> asked = take(key);
        asked.pollLast();
        if (!asked.isEmpty()) keep(key, asked, clock.millis());
    }

    private Deque<Long> take(String key) {
        Deque<Long> asked = seldom.remove(key);
        if (asked == null) asked = often.remove(key);
        return asked == null ? new ArrayDeque<>(1) : asked;
    }

    private void keep(String key, Deque<Long> asked, long now) {
        (asked.size() * 2 > most ? often : seldom).put(key, asked);
        if (seldom.size() + often.size() <= MOST_KEYS) return;
        boolean isOftenOver =
                !often.isEmpty() && isOver(often.values().iterator().next(), now);
        Iterator<String> longestSilent =
                (isOftenOver || seldom.size() <= 1 ? often : seldom).keySet().iterator();
        longestSilent.next();
        longestSilent.remove();
    }

    private static boolean isOver(Deque<Long> asked, long now) {
        return asked.isEmpty() || asked.getLast() <= now - WINDOW_MILLIS;
    }

    synchronized int size() {
        return seldom.size() + often.size();
    }
}
