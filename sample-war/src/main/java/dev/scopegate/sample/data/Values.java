package dev.scopegate.sample.data;

import java.time.Instant;

/** Comparing values of one variable. */
final class Values {
    private Values() {}

    /** Numbers by size, texts by code unit, timestamps by time; negative, zero or positive. */
    static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) return Double.compare(x.doubleValue(), y.doubleValue());
        if (a instanceof Instant x && b instanceof Instant y) return x.compareTo(y);
        return a.toString().compareTo(b.toString());
    }
}
