package dev.scopegate.export;

import dev.scopegate.event.AuditOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Sums up what became of responses. Safe for any number of threads, which do not wait for each other. */
final class ExportTally {
    private final Map<AuditOutcome, Sums> ended = new EnumMap<>(AuditOutcome.class);
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();

    private static final class Sums {
        private final LongAdder responses = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final LongAdder records = new LongAdder();

        ExportStats.Sent sent() {
            return new ExportStats.Sent(responses.sum(), bytes.sum(), records.sum());
        }
    }

    ExportTally() {
        for (AuditOutcome how : AuditOutcome.values()) ended.put(how, new Sums());
    }

    void count(ExportOutcome outcome) {
        Sums sums = Objects.requireNonNull(ended.get(outcome.how()));
        sums.responses.increment();
        sums.bytes.add(outcome.left().bytes());
        sums.records.add(outcome.left().records());
        String code = outcome.code();
        if (outcome.how() != AuditOutcome.REFUSED || code == null) return;
        refusals.computeIfAbsent(code, unused -> new LongAdder()).increment();
    }

    ExportStats stats(ExportStats.Calls leases, ExportStats.Calls settlements) {
        Map<String, ExportStats.Sent> sent = new TreeMap<>();
        ended.forEach((how, sums) -> sent.put(how.wireName(), sums.sent()));
        Map<String, Long> refused = new TreeMap<>();
        refusals.forEach((code, count) -> refused.put(code, count.sum()));
        return new ExportStats(sent, refused, leases, settlements);
    }
}
