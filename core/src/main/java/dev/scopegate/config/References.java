package dev.scopegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts in what {@code ${env:NAME}} and {@code ${file:PATH}} stand for, so that secrets need not stand in web.xml. */
final class References {
    /** Looks up an environment variable. */
    interface Environment {
        @Nullable String get(String name);
    }

    private final Environment environment;

    References(Environment environment) {
        this.environment = environment;
    }

    String resolve(String text) {
        return replace(replace(text, "${env:", this::variable), "${file:", References::file);
    }

    private static String replace(String text, String open, UnaryOperator<String> lookUp) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
            int close = text.indexOf('}', at);
            if (close < 0) throw new IllegalArgumentException("has a '" + open + "' without its '}'");
            result.append(text, from, at).append(lookUp.apply(text.substring(at + open.length(), close)));
            from = close + 1;
        }
        return result.append(text, from, text.length()).toString();
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) throw new IllegalArgumentException("names the environment variable " + name + ", not set");
        return value;
    }

    private static String file(String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("names the file " + path + ", which cannot be read", e);
        }
    }
}
