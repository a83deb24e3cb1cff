package dev.scopegate.issuer;

import dev.scopegate.issuer.json.FieldErrors;
import dev.scopegate.net.Network;
import dev.scopegate.scope.ScopeCatalog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the fields of a token may hold. What breaks a rule goes to the errors. Immutable. */
final class Rules {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_OWNER = 255;
    private static final int LONGEST_RESOURCE = 255;
    private static final String RESOURCE = "A kind, a colon and a name, such as dataset:penguins.";
    private static final int MOST_ELEMENTS = 1_000;
    /** The last instant that everybody writes with four digits for the year. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final ScopeCatalog catalog;
    private final Predicate<String> administrators;

    Rules(ScopeCatalog catalog, Predicate<String> administrators) {
        this.catalog = catalog;
        this.administrators = administrators;
    }

    /** The name without blanks around it. */
    String name(String text, FieldErrors errors) {
        String trimmed = text.strip();
        if (!isPlain(trimmed, LONGEST_NAME) || trimmed.codePoints().noneMatch(Rules::isSeen)) {
            errors.invalid(
                    "name", "1 to 100 characters, something to see among them, none that controls or turns text.");
        }
        return trimmed;
    }

    void owner(String text, FieldErrors errors) {
        if (!isOwner(text)) errors.invalid("owner", "1 to 255 characters, none that controls or turns text.");
    }

    static boolean isOwner(String text) {
        return text.length() <= LONGEST_OWNER && text.equals(text.strip()) && isPlain(text, LONGEST_OWNER);
    }

    /** Whether there is something, not too long, without control characters, halves of characters and what turns text around. */
    static boolean isPlain(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= most && text.codePoints().noneMatch(Rules::isOdd);
    }

    private static boolean isOdd(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> turnsText(codePoint);
            default -> false;
        };
    }

    /** Embeddings, overrides and isolates of direction, by which one name is shown as another. */
    private static boolean turnsText(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    private static boolean isSeen(int codePoint) {
        return !Character.isSpaceChar(codePoint) && Character.getType(codePoint) != Character.FORMAT;
    }

    /** With the scopes that every token carries. Who asks as an administrator is one, whatever made it known. */
    List<String> scopes(List<String> names, String owner, User by, FieldErrors errors) {
        List<String> scopes =
                each("scopes", names, errors, name -> catalog.contains(name) ? name : null, "A scope of the catalog.");
        int admin = names.indexOf(ScopeCatalog.ADMIN);
        boolean administrator =
                administrators.test(owner) || (by.administrator() && by.name().equals(owner));
        if (admin >= 0 && catalog.contains(ScopeCatalog.ADMIN) && !administrator) {
            errors.invalid("scopes." + admin, "This scope is for owners who are administrators.");
        }
        return List.copyOf(catalog.withDefaults(scopes));
    }

    List<String> resources(List<String> names, FieldErrors errors) {
        return each("resources", names, errors, Rules::resource, RESOURCE);
    }

    /** The name of one resource. */
    static void resource(String attr, String text, FieldErrors errors) {
        if (resource(text) == null) errors.invalid(attr, RESOURCE);
    }

    private static @Nullable String resource(String text) {
        int colon = text.indexOf(':');
        boolean named = colon > 0 && colon < text.length() - 1;
        boolean blank = text.codePoints().anyMatch(Character::isSpaceChar);
        return named && !blank && isPlain(text, LONGEST_RESOURCE) ? text : null;
    }

    static List<Network> networks(String attr, List<String> texts, FieldErrors errors) {
        return each(attr, texts, errors, Rules::network, "An IP address or network, such as 10.0.0.0/8.");
    }

    private static @Nullable Network network(String text) {
        if (text.length() > 64 || !text.equals(text.strip())) return null;
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** In milliseconds, as everything else of a token is. */
    @Nullable Instant expiresAt(String attr, @Nullable Instant end, Instant now, FieldErrors errors) {
        if (end == null) return null;
        if (!end.isAfter(now) || end.isAfter(LAST)) {
            errors.invalid(attr, "An instant in the future, before the year 10000.");
            return null;
        }
        return end.truncatedTo(ChronoUnit.MILLIS);
    }

    private static <T> List<T> each(
            String attr, List<String> texts, FieldErrors errors, Function<String, @Nullable T> reader, String rule) {
        List<T> values = new ArrayList<>();
        if (texts.size() > MOST_ELEMENTS) {
            errors.invalid(attr, "At most 1000 elements.");
            return values;
        }
        Set<T> seen = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            T value = reader.apply(texts.get(i));
            if (value == null) errors.invalid(attr + "." + i, rule);
            else if (!seen.add(value)) errors.duplicate(attr + "." + i);
            else values.add(value);
        }
        return values;
    }
}
