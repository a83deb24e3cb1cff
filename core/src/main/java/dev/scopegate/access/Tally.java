package dev.scopegate.access;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private final Map<Outcome, LongAdder> byOutcome = new EnumMap<>(Outcome.class);
    private final Map<String, LongAdder> byCode = new ConcurrentHashMap<>();

    Tally() {
        for (Outcome outcome : Outcome.values()) byOutcome.put(outcome, new LongAdder());
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(byOutcome.get(outcome)).increment();
    }

    void countRefusal(String code) {
        byCode.computeIfAbsent(code, unused -> new LongAdder()).increment();
    }

    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        byOutcome.forEach((outcome, count) -> counts.put(outcome.name().toLowerCase(Locale.ROOT), count.sum()));
        return counts;
    }

    /** The refusals counted here, and others. */
    Map<String, Long> refusals(Map<String, Long> others) {
        Map<String, Long> counts = new TreeMap<>(others);
        byCode.forEach((code, count) -> counts.merge(code, count.sum(), Long::sum));
        return counts;
    }
}
