package dev.scopegate.access;

import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Authorization} field as RFC 6750 §2.1 writes it: one credential, scheme in any case, spaces, a
 * b64token of at most 8,192 characters, nothing after it but blanks. Stateless.
 */
final class AuthorizationHeader {
    private static final int MAX_TOKEN_LENGTH = 8_192;
    private static final String SCHEME = "Bearer";
    private static final boolean[] IS_TCHAR = alphanumericAnd("!#$%&'*+-.^_`|~");

    /** Why a line holds no token that could be looked up. */
    enum Fault {
        /** No credential at all, or one of another scheme. */
        NO_BEARER,
        MORE_THAN_ONE,
        /** Ill-formed, or of our form with a wrong checksum. */
        NO_TOKEN
    }

    private AuthorizationHeader() {}

    /**
     * The token that the header's only line carries.
     *
     * @return null when it carries none, for the reason that {@link #fault} tells: thrown, it would cost more than it says
     */
    static @Nullable BearerToken read(String line, TokenFormat format) {
        int start = skipBlanks(line, 0);
        if (!isBearer(line, start)) return null;
        int scheme = start + SCHEME.length();
        int token = scheme;
        while (token < line.length() && line.charAt(token) == ' ') token++;
        if (token == scheme) return null;
        int end = lastBlanks(line);
        if (end - token > MAX_TOKEN_LENGTH) return null;
        // bytes are several times quicker to look at than a text's characters, and a copy is quicker than a buffer kept
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length != line.length()) return null; // a character of two halves became one '?'
        BearerToken own = format.readOwn(bytes, token, end);
        if (own != null || format.hasOwnPrefix(bytes, token, end)) return own;
        return B64Token.fills(bytes, token, end) ? format.foreign(bytes, token, end) : null;
    }

    /** What is wrong with a line that {@link #read} takes no token from. */
    static Fault fault(String line) {
        int start = skipBlanks(line, 0);
        if (line.indexOf(',', start) >= 0 && joins(line, start)) return Fault.MORE_THAN_ONE;
        return isBearer(line, start) ? Fault.NO_TOKEN : Fault.NO_BEARER;
    }

    private static boolean isBearer(String line, int start) {
        int end = start + SCHEME.length();
        return line.regionMatches(true, start, SCHEME, 0, SCHEME.length())
                && (end >= line.length() || !isTokenChar(line.charAt(end)));
    }

    /** Whether a second credential follows a comma outside of quotes: a scheme, blanks, and no {@code =}. */
    private static boolean joins(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted && isCredential(line, skipBlanks(line, i + 1))) return true;
        }
        return false;
    }

    private static boolean isCredential(String line, int start) {
        int end = start;
        while (end < line.length() && isTokenChar(line.charAt(end))) end++;
        int next = skipBlanks(line, end);
        return end > start
                && next > end
                && next < line.length()
                && line.charAt(next) != '='
                && line.charAt(next) != ',';
    }

    /** Where the blanks at the line's end begin. */
    private static int lastBlanks(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) end--;
        return end;
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) at++;
        return at;
    }

    /** A tchar (RFC 9110 §5.6.2). */
    private static boolean isTokenChar(char c) {
        return c < 128 && IS_TCHAR[c];
    }

    private static boolean[] alphanumericAnd(String others) {
        boolean[] is = new boolean[128];
        for (char c = '0'; c <= 'z'; c++) {
            is[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c <= '9';
        }
        for (char c : others.toCharArray()) is[c] = true;
        return is;
    }
}
