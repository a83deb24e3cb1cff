package dev.scopegate.event;

/**
 * Takes tokens out of names that clients choose: one pasted into a path would stand in the log. Goes by the shape alone, whatever
 * the prefix and the checksum, and by letters, digits and marks that stand together.
 */
final class Masks {
    /** Of a token's letters and digits after the prefix, so many hold its whole id and secret. */
    private static final int ID_AND_SECRET = 44;

    private static final int SHOWN = 4;
    private static final String JWT = "eyJ";

    /** The shortest header of a JWT, {@code {"alg":"…"}}, is longer. */
    private static final int SHORTEST_HEADER = 16;

    private Masks() {}

    /** The text without what looks like an opaque token or a JWT; of these the beginning stays, as hints show it. */
    static String masked(String text) {
        if (text.length() < SHORTEST_HEADER) return text;
        StringBuilder masked = new StringBuilder(text.length());
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && isOfToken(text.charAt(end))) end++;
            int shown = shown(text, start, end);
            masked.append(text, start, shown);
            if (shown < end) masked.append('…');
            if (end < text.length()) masked.append(text.charAt(end));
            start = end + 1;
        }
        return masked.toString();
    }

    /** How far the characters between two places may be shown. */
    private static int shown(String text, int start, int end) {
        int mark = end; // the last underscore with nothing but letters and digits after it
        int jwt = end;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' && i - jwt >= SHORTEST_HEADER) return jwt + JWT.length();
            if (c == '_') mark = i;
            else if (!isLetterOrDigit(c)) mark = end;
            else if (i - mark == ID_AND_SECRET) return mark + 1 + SHOWN;
            if (jwt == end && text.startsWith(JWT, i)) jwt = i;
        }
        return end;
    }

    private static boolean isOfToken(char c) {
        return isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
