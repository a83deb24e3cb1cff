package dev.scopegate.benchmarks;

import java.util.List;

/** The middle of many measurements, and between which values half of them lie. */
public record Spread(double lower, double median, double upper) {
    /** Of as many values as there are, at least one. */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
