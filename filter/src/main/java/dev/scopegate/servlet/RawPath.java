package dev.scopegate.servlet;

/**
 * Whether a request's path, as sent, means the same to everybody who reads it. Encoded slashes, backslashes and dots,
 * control characters, empty and dot segments (path parameters left aside), overlong UTF-8 and ill-formed escapes do not:
 * containers differ in what they make of them, so none of them reaches a rule. Stateless.
 */
final class RawPath {
    private RawPath() {}

    static boolean isSafe(String uri) {
        if (uri.isEmpty() || uri.charAt(0) != '/') return false;
        int segment = 1; // where the present segment begins
        boolean parameters = false; // whether a ';' has been seen in it
        int name = 0; // how long the segment is without its parameters
        boolean dots = true; // whether it is made of dots alone
        for (int i = 1; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '/') {
                if (i == segment || isDots(dots, name) || name == 0) return false;
                segment = i + 1;
                parameters = false;
                name = 0;
                dots = true;
                continue;
            }
            if (c < 0x20 || c == 0x7f || c == '\\') return false;
            if (c == '%') {
                if (!isPlain(uri, i)) return false;
                i += 2;
            }
            if (c == ';') parameters = true;
            if (parameters) continue;
            name++;
            dots &= c == '.';
        }
        boolean last = segment == uri.length(); // nothing after the final slash
        return last || !(isDots(dots, name) || name == 0);
    }

    private static boolean isDots(boolean dots, int length) {
        return dots && (length == 1 || length == 2);
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
