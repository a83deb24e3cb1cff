package dev.scopegate.sample.data;

/**
 * Numbers that look random and are the same on every machine and in every run: each a function of a table's seed, a row
 * and a column (the finalizer of SplitMix64). Immutable.
 */
record Chance(long seed) {
    /** From 0, included, to 1, excluded. */
    double uniform(long row, int column) {
        return (mixed(row, column) >>> 11) * 0x1.0p-53;
    }

    /** From 0, included, to the bound, excluded. */
    int below(int bound, long row, int column) {
        return (int) (uniform(row, column) * bound);
    }

    /** Roughly normal with mean 0 and standard deviation 1, never beyond 6: the sum of twelve uniform numbers. */
    double normal(long row, int column) {
        double sum = -6;
        for (int i = 0; i < 12; i++) sum += uniform(row, column * 12 + i + 1_000);
        return sum;
    }

    private long mixed(long row, int column) {
        long z = seed + (row * 8_191 + column) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number with this many decimals; what it prints as is what it is. */
    static double rounded(double value, int decimals) {
        double scale = decimals == 1 ? 10 : 100;
        return Math.round(value * scale) / scale;
    }
}
