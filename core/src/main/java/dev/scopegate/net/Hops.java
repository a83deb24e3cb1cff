package dev.scopegate.net;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hops that proxies have listed, from the client to the nearest one: addresses as text, without ports and brackets;
 * null where a hop tells none. Never an exception; no more than {@link #LONGEST} characters are looked at.
 */
final class Hops {
    static final int LONGEST = 8_192;

    private final String text;
    private int at;

    private Hops(String text) {
        this.text = text;
    }

    /** All lines as one; too much to look at is nothing that anybody says. */
    private static String joined(Enumeration<String> lines) {
        StringBuilder all = new StringBuilder();
        while (lines.hasMoreElements()) {
            if (all.length() > 0) all.append(',');
            all.append(lines.nextElement());
            if (all.length() > LONGEST) return "";
        }
        return all.toString();
    }

    /** {@code X-Forwarded-For}: addresses between commas, some with ports. */
    static List<@Nullable String> listed(Enumeration<String> lines) {
        List<@Nullable String> hops = new ArrayList<>();
        String all = joined(lines);
        int from = 0;
        for (int comma = all.indexOf(','); comma >= 0; comma = all.indexOf(',', from)) {
            hops.add(address(all.substring(from, comma).strip(), true));
            from = comma + 1;
        }
        hops.add(address(all.substring(from).strip(), true));
        return hops;
    }

    /**
     * {@code Forwarded} (RFC 7239 §4): the parameter {@code for} of each element. What cannot be read on from is an ill-formed
     * last hop.
     */
    static List<@Nullable String> forwarded(Enumeration<String> lines) {
        return new Hops(joined(lines)).elements();
    }

    private List<@Nullable String> elements() {
        List<@Nullable String> hops = new ArrayList<>();
        while (true) {
            Element element = new Element();
            boolean wellFormed = element.read();
            hops.add(wellFormed && element.times == 1 ? address(element.hop, false) : null);
            if (!wellFormed || at == text.length()) return hops;
            at++; // the comma
        }
    }

    /** One element: pairs between semicolons, up to a comma or the end. */
    private final class Element {
        private String hop = "";
        private int times;

        /** False: nobody can tell where the element ends. */
        private boolean read() {
            do {
                blanks();
                if (isAt(',') || isAt(';') || at == text.length()) continue; // an empty pair
                String name = token();
                if (name.isEmpty() || !isAt('=')) return false;
                at++;
                String value = isAt('"') ? quoted() : token();
                if (value == null) return false;
                if (name.equalsIgnoreCase("for")) {
                    hop = value;
                    times++;
                }
                blanks();
            } while (skipped(';'));
            return at == text.length() || isAt(',');
        }
    }

    private boolean isAt(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean skipped(char wanted) {
        if (!isAt(wanted)) return false;
        at++;
        return true;
    }

    private void blanks() {
        while (isAt(' ') || isAt('\t')) at++;
    }

    private String token() {
        int from = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) at++;
        return text.substring(from, at);
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** Null when the string has no end. */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at == text.length()) return null;
            value.append(text.charAt(at));
        }
        return null;
    }

    /**
     * The address of a hop, without its port.
     *
     * @param bare whether an IPv6 address may stand without brackets
     */
    private static @Nullable String address(String hop, boolean bare) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            String inside = end < 0 ? "" : hop.substring(1, end);
            boolean six = inside.indexOf(':') >= 0 && isPort(hop, end + 1);
            return six ? inside : null;
        }
        int colon = hop.indexOf(':');
        if (colon < 0) return isFour(hop) ? hop : null;
        if (hop.indexOf(':', colon + 1) >= 0) return bare ? hop : null;
        String four = hop.substring(0, colon);
        return isFour(four) && isPort(hop, colon) ? four : null;
    }

    private static boolean isFour(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) return false;
        }
        return !text.isEmpty();
    }

    /** Whether nothing stands there, or a colon with a port: digits, or an obfuscated one. */
    private static boolean isPort(String hop, int from) {
        if (from == hop.length()) return true;
        if (hop.charAt(from) != ':' || from + 1 == hop.length()) return false;
        String port = hop.substring(from + 1);
        if (port.startsWith("_")) return port.length() > 1 && port.chars().allMatch(c -> isTokenCharacter((char) c));
        return port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
