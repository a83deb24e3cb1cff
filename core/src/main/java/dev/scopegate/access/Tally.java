package dev.scopegate.access;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of requests. Safe for any number of threads, which do not wait for each other. */
final class Tally {
    /** Who a request turned out to come from. */
    enum Outcome {
        ADMITTED,
        NOT_AUTHENTICATED,
        INVALID_REQUEST,
        INVALID_TOKEN,
        IP_NOT_ALLOWED,
        UNAVAILABLE
    }

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final LongAdder[] byOutcome = new LongAdder[OUTCOMES.length];
    private final Map<String, LongAdder> byCode = new ConcurrentHashMap<>();

    Tally() {
        for (Outcome outcome : OUTCOMES) byOutcome[outcome.ordinal()] = new LongAdder();
    }

    void count(Outcome outcome) {
        byOutcome[outcome.ordinal()].increment();
    }

    void countRefusal(String code) {
        byCode.computeIfAbsent(code, unused -> new LongAdder()).increment();
    }

    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        for (Outcome outcome : OUTCOMES) {
            counts.put(outcome.name().toLowerCase(Locale.ROOT), byOutcome[outcome.ordinal()].sum());
        }
        return counts;
    }

    /** The refusals counted here, and others. */
    Map<String, Long> refusals(Map<String, Long> others) {
        Map<String, Long> counts = new TreeMap<>(others);
        byCode.forEach((code, count) -> counts.merge(code, count.sum(), Long::sum));
        return counts;
    }
}
