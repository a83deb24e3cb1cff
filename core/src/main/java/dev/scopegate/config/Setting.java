package dev.scopegate.config;

import dev.scopegate.text.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings: key, type with its range, default, meaning. Immutable.
 *
 * @param <T> what a value is read as
 */
public final class Setting<T> {
    private final String key;
    private final String type;
    private final @Nullable String defaultText;
    private final String meaning;
    private final Function<String, T> parser;

    private Setting(String key, String type, @Nullable String defaultText, String meaning, Function<String, T> parser) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.parser = parser;
    }

    /** Any text. */
    public static Setting<String> text(String key, @Nullable String defaultText, String meaning) {
        return new Setting<>(key, "text", defaultText, meaning, text -> text);
    }

    /** {@code true} or {@code false}. */
    public static Setting<Boolean> bool(String key, boolean byDefault, String meaning) {
        return new Setting<>(key, "true or false", String.valueOf(byDefault), meaning, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is not true or false");
        });
    }

    /** A whole number between two bounds, both included. */
    public static Setting<Integer> number(String key, int byDefault, int min, int max, String meaning) {
        String type = "whole number, " + min + " to " + max;
        return new Setting<>(key, type, String.valueOf(byDefault), meaning, text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) return number;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not a " + type, e);
            }
            throw new IllegalArgumentException("is not a " + type);
        });
    }

    /** A time span such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, or in ISO 8601; bounds included. */
    public static Setting<Duration> duration(String key, String byDefault, String min, String max, String meaning) {
        String type = "time span, " + min + " to " + max;
        Duration least = Durations.parse(min);
        Duration most = Durations.parse(max);
        return new Setting<>(key, type, byDefault, meaning, text -> {
            Duration span = Durations.parse(text);
            if (span.compareTo(least) >= 0 && span.compareTo(most) <= 0) return span;
            throw new IllegalArgumentException("is not a " + type);
        });
    }

    /** One of an enumeration's names, in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String key, E byDefault, String meaning) {
        List<E> values = Arrays.asList(byDefault.getDeclaringClass().getEnumConstants());
        List<String> names = values.stream().map(Setting::nameOf).toList();
        return new Setting<>(key, String.join(" or ", names), nameOf(byDefault), meaning, text -> {
            int index = names.indexOf(text);
            if (index >= 0) return values.get(index);
            throw new IllegalArgumentException("is none of " + String.join(", ", names) + Nearest.hint(text, names));
        });
    }

    /** A file or folder. */
    public static Setting<Path> path(String key, String meaning) {
        return new Setting<>(key, "path", null, meaning, text -> {
            if (text.isEmpty()) throw new IllegalArgumentException("is empty"); // as a path that would be this folder
            return Path.of(text);
        });
    }

    private static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in init-params; {@code scopegate.} before it makes the system property. */
    public String key() {
        return key;
    }

    /** The name in the environment, such as {@code SCOPEGATE_CACHE_TTL}. */
    public String environmentName() {
        return "SCOPEGATE_" + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** What a value looks like, with its range. */
    public String type() {
        return type;
    }

    /** The value when none is given; null: there is none. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    /** One or two sentences for the table. */
    public String meaning() {
        return meaning;
    }

    T parse(String text) {
        return parser.apply(text);
    }

    @Override
    public String toString() {
        return key;
    }
}
