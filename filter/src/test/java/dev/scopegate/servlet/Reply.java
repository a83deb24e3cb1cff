package dev.scopegate.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came back, as it came. */
record Reply(int status, Map<String, String> headers, String body) {

    static Reply parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (a, b) -> a + " | " + b);
        }
        return new Reply(Integer.parseInt(lines.get(0).substring(9, 12)), headers, text.substring(end + 4));
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "(none)");
    }

    /** The envelope's code, or the whole body when it is no envelope. */
    String code() {
        int at = body.indexOf("\"code\":\"");
        return at < 0 ? body : body.substring(at + 8, body.indexOf('"', at + 8));
    }

    @Override
    public String toString() {
        return status + " " + code();
    }
}
