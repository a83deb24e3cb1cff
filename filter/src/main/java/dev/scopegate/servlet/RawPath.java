package dev.scopegate.servlet;

/**
 * Whether a request's path, as sent, means the same to everybody who reads it. Encoded slashes, backslashes and dots,
 * control characters, empty and dot segments (path parameters left aside), bytes that UTF-8 never has and ill-formed
 * escapes do not:
 * containers differ in what they make of them, so none of them reaches a rule. Stateless; allocates nothing.
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
            } else if (c != '%' || !isPlain(uri, i)) {
                return false;
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

    /** Whether the escape at this place stands for a harmless byte. */
    private static boolean isPlain(String uri, int at) {
        if (at + 2 >= uri.length()) return false;
        int high = Character.digit(uri.charAt(at + 1), 16);
        int low = Character.digit(uri.charAt(at + 2), 16);
        if (high < 0 || low < 0) return false;
        int value = (high << 4) + low;
        boolean control = value < 0x20 || value == 0x7f;
        boolean separator = value == '/' || value == '\\' || value == '.';
        boolean neverInUtf8 = value == 0xc0 || value == 0xc1 || value >= 0xf5;
        return !control && !separator && !neverInUtf8;
    }
}
