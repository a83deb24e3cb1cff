package dev.scopegate.sample.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a condition compares a row's value with its own. A missing value meets {@code = null} and nothing else. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    /** The value is one of a list. */
    IN("in"),
    /** The text has another in it, case counts; for texts only. */
    CONTAINS("contains");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written in a query. */
    public String symbol() {
        return symbol;
    }

    /** All symbols. */
    public static List<String> symbols() {
        return Arrays.stream(values()).map(Operator::symbol).toList();
    }

    /** The one written so; null when there is none. */
    public static @Nullable Operator of(String symbol) {
        for (Operator operator : values()) {
            if (operator.symbol.equals(symbol)) return operator;
        }
        return null;
    }

    boolean holds(Object value, Object wanted) {
        return switch (this) {
            case EQUAL -> Values.compare(value, wanted) == 0;
            case NOT_EQUAL -> Values.compare(value, wanted) != 0;
            case LESS -> Values.compare(value, wanted) < 0;
            case AT_MOST -> Values.compare(value, wanted) <= 0;
            case GREATER -> Values.compare(value, wanted) > 0;
            case AT_LEAST -> Values.compare(value, wanted) >= 0;
            case IN -> wanted instanceof List<?> list && contains(list, value);
            case CONTAINS -> value.toString().contains(wanted.toString());
        };
    }

    private static boolean contains(List<?> list, Object value) {
        for (Object one : list) {
            if (Values.compare(value, one) == 0) return true;
        }
        return false;
    }
}
