package dev.scopegate.it.rows;

import dev.scopegate.it.tokens.TokenForge;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in what a committed row cannot hold: tokens of this run, addresses, very long and very odd text. */
final class Placeholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(token|id|host|context|crlf|repeat)(?::([^{}:]+))?(?::(\\d+))?\\}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|(.))");

    private final UnaryOperator<String> tokens;
    private final String host;
    private final String contextPath;

    Placeholders(UnaryOperator<String> tokens, String host, String contextPath) {
        this.tokens = tokens;
        this.host = host;
        this.contextPath = contextPath;
    }

    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult found) {
        String name = found.group(2);
        return switch (found.group(1)) {
            case "token" -> tokens.apply(name);
            case "id" -> TokenForge.id(tokens.apply(name));
            case "host" -> host;
            case "context" -> contextPath;
            case "crlf" -> "\r\n";
            default -> name.repeat(Integer.parseInt(found.group(3)));
        };
    }

    /** Filled in, and with {@code \t}, {@code \\} and {@code \xHH} as the bytes they stand for. */
    String bytes(String text) {
        return ESCAPE.matcher(fill(text)).replaceAll(found -> Matcher.quoteReplacement(escaped(found)));
    }

    private static String escaped(MatchResult found) {
        if (found.group(1) != null) return String.valueOf((char) Integer.parseInt(found.group(1), 16));
        return switch (found.group(2)) {
            case "t" -> "\t";
            case "\\" -> "\\";
            default -> throw new IllegalArgumentException("no escape: \\" + found.group(2));
        };
    }
}
