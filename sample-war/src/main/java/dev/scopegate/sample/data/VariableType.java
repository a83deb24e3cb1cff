package dev.scopegate.sample.data;

import java.util.Locale;

/** What the values of a variable are; each type stands for one Java class. */
public enum VariableType {
    /** {@link String}. */
    TEXT,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double}. */
    NUMBER,
    /** {@link java.time.Instant}. */
    TIMESTAMP;

    /** The name used in JSON, such as {@code integer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumeric() {
        return this == INTEGER || this == NUMBER;
    }
}
