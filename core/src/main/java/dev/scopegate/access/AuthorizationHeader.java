package dev.scopegate.access;

import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Authorization} field as RFC 6750 §2.1 writes it: one credential, scheme in any case, spaces, a
 * b64token of at most 8,192 characters, nothing after it but blanks. Stateless; a well-formed header is not copied.
 */
final class AuthorizationHeader {
    private static final int MAX_TOKEN_LENGTH = 8_192;
    private static final String SCHEME = "Bearer";
    private static final boolean[] IS_B64 = alphanumericAnd("-._~+/");
    private static final boolean[] IS_TCHAR = alphanumericAnd("!#$%&'*+-.^_`|~");

    private AuthorizationHeader() {}

    /**
     * The token that the header's lines carry.
     *
     * @return null when they carry no credentials, or those of another scheme
     */
    static @Nullable BearerToken read(Iterator<String> lines, TokenFormat format) throws AccessDenied {
        if (!lines.hasNext()) return null;
        String line = lines.next();
        if (lines.hasNext()) throw moreThanOne();
        int start = skipBlanks(line, 0);
        if (!line.regionMatches(true, start, SCHEME, 0, SCHEME.length())) return otherScheme(line, start);
        int token = start + SCHEME.length();
        if (token < line.length() && isTokenChar(line.charAt(token))) return otherScheme(line, start);
        while (token < line.length() && line.charAt(token) == ' ') token++;
        boolean spaced = token > start + SCHEME.length();
        // the usual case first: a token of ours that fills the line needs no second look at its characters
        BearerToken own = spaced ? format.readOwn(line, token, lastBlanks(line)) : null;
        return own != null ? own : readAny(line, token, spaced, format);
    }

    private static BearerToken readAny(String line, int token, boolean spaced, TokenFormat format) throws AccessDenied {
        int end = token;
        while (end < line.length() && isB64(line.charAt(end))) end++;
        boolean some = end > token;
        while (end < line.length() && line.charAt(end) == '=') end++;
        if (!some || !spaced || skipBlanks(line, end) < line.length()) {
            throw joins(line, token) ? moreThanOne() : illFormed();
        }
        BearerToken read = end - token > MAX_TOKEN_LENGTH ? null : format.read(line, token, end);
        if (read == null) throw illFormed();
        return read;
    }

    private static AccessDenied moreThanOne() {
        return new AccessDenied(Problem.invalidRequest());
    }

    private static AccessDenied illFormed() {
        return new AccessDenied(Problem.invalidToken());
    }

    private static @Nullable BearerToken otherScheme(String line, int start) throws AccessDenied {
        if (joins(line, start)) throw moreThanOne();
        return null;
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

    /** A character of a b64token before its padding (RFC 6750 §2.1). */
    private static boolean isB64(char c) {
        return c < 128 && IS_B64[c];
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
