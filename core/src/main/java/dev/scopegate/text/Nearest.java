package dev.scopegate.text;

import java.util.Collection;
import java.util.Locale;

/** The valid name that is most like a mistyped one, for error sentences. Stateless. */
public final class Nearest {
    private Nearest() {}

    /** The sentence part {@code "; the nearest valid name is 'x'"}, or an empty string when nothing is similar. */
    public static String hint(String wrong, Collection<String> valid) {
        String best = "";
        int bestDistance = Math.max(3, wrong.length() / 2) + 1;
        for (String candidate : valid) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; the nearest valid name is '" + best + "'";
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) previous[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
