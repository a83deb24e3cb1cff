package dev.scopegate.sample.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the values of one variable, one after the other, in memory that grows with the different texts only. */
final class Tally {
    private static final int TOP = 5;

    private final VariableType type;
    private final Map<String, Long> frequencies = new HashMap<>();
    private long count;
    private long missing;
    private @Nullable Object min;
    private @Nullable Object max;
    private double mean;
    private double squares; // of the distances from the mean (Welford)

    Tally(VariableType type) {
        this.type = type;
    }

    void add(@Nullable Object value) {
        if (value == null) {
            missing++;
            return;
        }
        count++;
        if (value instanceof String text) {
            frequencies.merge(text, 1L, Long::sum);
            return;
        }
        if (min == null || Values.compare(value, min) < 0) min = value;
        if (max == null || Values.compare(value, max) > 0) max = value;
        if (value instanceof Number number) {
            double distance = number.doubleValue() - mean;
            mean += distance / count;
            squares += distance * (number.doubleValue() - mean);
        }
    }

    Statistics statistics() {
        boolean text = type == VariableType.TEXT;
        boolean numeric = type.isNumeric();
        return new Statistics(
                count,
                missing,
                min,
                max,
                numeric && count > 0 ? mean : null,
                numeric && count > 1 ? Math.sqrt(squares / (count - 1)) : null,
                text ? frequencies.size() : null,
                text ? top() : List.of());
    }

    private List<Statistics.Frequency> top() {
        return frequencies.entrySet().stream()
                .filter(entry -> entry.getValue() > 1) // a value of one row only is data, not a summary
                .map(entry -> new Statistics.Frequency(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Statistics.Frequency::count)
                        .reversed()
                        .thenComparing(Statistics.Frequency::value))
                .limit(TOP)
                .toList();
    }
}
