package dev.scopegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what {@code ${env:NAME}} and {@code ${file:PATH}} stand for, so that secrets need not stand in web.xml. What was
 * put in is not looked at again: the content of a variable or file names no others.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)(}?)");

    /** Looks up an environment variable. */
    interface Environment {
        @Nullable String get(String name);
    }

    private final Environment environment;

    References(Environment environment) {
        this.environment = environment;
    }

    String resolve(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(valueOf(found)));
    }

    private String valueOf(MatchResult found) {
        String kind = found.group(1);
        String name = found.group(2);
        if (found.group(3).isEmpty()) throw new IllegalArgumentException("has a '${" + kind + ":' without its '}'");
        return kind.equals("env") ? variable(name) : file(name);
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null)
            throw new IllegalArgumentException("names the environment variable " + name + ", which is not set");
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
