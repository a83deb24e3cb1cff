package dev.scopegate.store;

import dev.scopegate.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in a list, after a token that need not be there any more.
 *
 * @param key that token's place in the order: its folded name, or when it was created, in microseconds since 1970
 * @param id that token's id, among those with the same key
 */
public record TokenCursor(String key, String id) {
    static TokenCursor after(TokenQuery query, AccessToken last) {
        String key = query.isByName() ? TokenQuery.fold(last.name()) : String.valueOf(micros(last.createdAt()));
        return new TokenCursor(key, last.id());
    }

    /** An instant as stores keep it: microseconds since 1970; one that is hundreds of millennia away is as far as they go. */
    public static long micros(Instant instant) {
        try {
            // not ChronoUnit.between, which counts nanoseconds on the way and ends in 2262
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (ArithmeticException e) {
            return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    /** The key of a list that is not by name. */
    public long createdMicros() {
        return Long.parseLong(key);
    }

    /** Whether a token comes later in the list of such a query. */
    public boolean isBefore(TokenQuery query, AccessToken token) {
        int order = query.isByName()
                ? TokenQuery.fold(token.name()).compareTo(key)
                : Long.compare(createdMicros(), micros(token.createdAt()));
        return order != 0 ? order > 0 : query.compareIds(token.id(), id) > 0;
    }

    /** The cursor as a client gets it, to be given back unread: letters, digits, {@code -} and {@code _}. */
    public String text() {
        byte[] bytes = (id + " " + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The cursor of a client.
     *
     * @throws IllegalArgumentException for anything but what {@link #text} gave for such a query
     */
    public static TokenCursor parse(TokenQuery query, String text) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int space = plain.indexOf(' ');
        if (space < 0) throw new IllegalArgumentException("this is no cursor");
        TokenCursor cursor = new TokenCursor(plain.substring(space + 1), plain.substring(0, space));
        boolean fits =
                query.isByName() ? cursor.key.startsWith(TokenQuery.fold(query.namePrefix())) : isNumber(cursor.key);
        boolean plainText = plain.chars().noneMatch(Character::isISOControl); // which some databases cannot hold
        if (!fits || !plainText || !cursor.text().equals(text))
            throw new IllegalArgumentException("this is no cursor of this list");
        return cursor;
    }

    private static boolean isNumber(String text) {
        try {
            return String.valueOf(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
