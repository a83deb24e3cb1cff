package dev.scopegate.servlet;

/**
 * Whether a request's path, as sent, means the same to everybody who reads it. Encoded slashes, backslashes and dots,
 * control characters, empty and dot segments (path parameters left aside), escapes that are ill-formed or not UTF-8 do
 * not: containers differ in what they make of them, so none of them reaches a rule. Stateless; allocates nothing.
 */
final class RawPath {
    /** Characters that need no second look: all but control characters and {@code / % ; \\}. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char c = 0x20; c < 0x7f; c++) PLAIN[c] = "/%;\\".indexOf(c) < 0;
    }

    private RawPath() {}

    static boolean isSafe(String uri) {
        if (uri.isEmpty() || uri.charAt(0) != '/') return false;
        int segment = 1; // where the present segment begins
        int parameters = -1; // where its path parameters begin
        int length = uri.length();
        for (int i = 1; i < length; i++) {
            char c = uri.charAt(i);
            if (c >= 128 || PLAIN[c]) continue;
            if (c == '/') {
                if (!isName(uri, segment, parameters < 0 ? i : parameters)) return false;
                segment = i + 1;
                parameters = -1;
            } else if (c == ';') {
                if (parameters < 0) parameters = i;
            } else {
                int end = c == '%' ? endOfCharacter(uri, i) : -1;
                if (end < 0) return false;
                i = end - 1;
            }
        }
        boolean endsInSlash = segment == length;
        return endsInSlash || isName(uri, segment, parameters < 0 ? length : parameters);
    }

    /** Whether a segment is neither empty nor made of one or two dots. */
    private static boolean isName(String uri, int start, int end) {
        int length = end - start;
        if (length > 2) return true;
        if (length == 0) return false;
        return uri.charAt(start) != '.' || (length == 2 && uri.charAt(start + 1) != '.');
    }

    /** Where the escapes of the harmless character end that begin at this place; -1 when they are of none. */
    private static int endOfCharacter(String uri, int at) {
        int lead = escaped(uri, at);
        if (lead < 0x80) {
            boolean control = lead < 0x20 || lead == 0x7f;
            return control || lead == '/' || lead == '\\' || lead == '.' ? -1 : at + 3;
        }
        if (lead < 0xc2 || lead > 0xf4) return -1;
        // neither longer than it need be, nor half of a surrogate pair, nor beyond Unicode: RFC 3629, section 4
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        int second = escaped(uri, at + 3);
        if (second < least || second > most) return -1;
        int end = at + (lead < 0xe0 ? 6 : lead < 0xf0 ? 9 : 12);
        for (int i = at + 6; i < end; i += 3) {
            int next = escaped(uri, i);
            if (next < 0x80 || next > 0xbf) return -1;
        }
        return end;
    }

    /** The byte that is escaped at this place; -1 when none is. */
    private static int escaped(String uri, int at) {
        if (at + 2 >= uri.length() || uri.charAt(at) != '%') return -1;
        int high = Character.digit(uri.charAt(at + 1), 16);
        int low = Character.digit(uri.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : (high << 4) + low;
    }
}
