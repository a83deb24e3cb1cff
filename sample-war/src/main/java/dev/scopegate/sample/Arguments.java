package dev.scopegate.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says, checked.
 *
 * @param command {@code serve}, {@code help}, what to do with tokens: {@code create}, {@code list}, {@code revoke}, or with users:
 *     {@code add}, {@code password}, {@code users}
 * @param options the values of the options, by name without dashes
 */
record Arguments(String command, Map<String, String> options) {
    private static final Map<String, List<String>> OPTIONS = Map.of(
            "serve", List.of("--port", "--host", "--home"),
            "create", List.of("--name", "--scopes", "--owner", "--expires", "--resources", "--networks", "--home"),
            "list", List.of("--home"),
            "revoke", List.of("--id", "--name", "--owner", "--home"),
            "add", List.of("--name", "--home"),
            "password", List.of("--name", "--home"),
            "users", List.of("--home"));

    private static final Map<String, List<String>> NEEDED =
            Map.of("create", List.of("name", "scopes"), "add", List.of("name"), "password", List.of("name"));

    Arguments {
        options = Map.copyOf(options);
    }

    /** Reads {@code [token ACTION] [--option VALUE | --option=VALUE]…}; what does not fit is IllegalArgumentException. */
    static Arguments read(String... args) {
        List<String> rest = new ArrayList<>(List.of(args));
        if (rest.contains("--help") || rest.contains("-h")) return new Arguments("help", Map.of());
        String command = command(rest);
        List<String> known = OPTIONS.getOrDefault(command, List.of());
        Map<String, String> options = new LinkedHashMap<>();
        while (!rest.isEmpty()) {
            String[] parts = rest.remove(0).split("=", 2);
            String option = oneOf("option", parts[0], known);
            if (parts.length == 1 && rest.isEmpty()) throw wrong("the option " + option + " has no value");
            String value = parts.length == 2 ? parts[1] : rest.remove(0);
            if (options.put(option.substring(2), value) != null) throw wrong(option + " is given twice");
        }
        for (String needed : NEEDED.getOrDefault(command, List.of())) {
            if (!options.containsKey(needed)) {
                String noun = command.equals("create") ? "token " : "user ";
                throw wrong("'" + noun + command + "' needs the option --" + needed);
            }
        }
        Arguments arguments = new Arguments(command, options);
        arguments.port();
        return arguments;
    }

    private static String command(List<String> rest) {
        if (rest.isEmpty() || rest.get(0).startsWith("-")) return "serve";
        String noun = oneOf("command", rest.remove(0), List.of("token", "user"));
        List<String> actions =
                noun.equals("token") ? List.of("create", "list", "revoke") : List.of("add", "password", "list");
        if (rest.isEmpty()) throw wrong("'" + noun + "' needs one of " + String.join(", ", actions));
        String action = oneOf(noun + " command", rest.remove(0), actions);
        return noun.equals("user") && action.equals("list") ? "users" : action;
    }

    /** The value of an option. */
    String get(String option, String byDefault) {
        return options.getOrDefault(option, byDefault);
    }

    /** The port to listen on. */
    int port() {
        String text = get("port", "8080");
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) < 65_536) return Integer.parseInt(text);
        throw wrong("the port '" + text + "' is no number from 0 to 65535");
    }

    private static String oneOf(String what, String word, List<String> valid) {
        if (valid.contains(word)) return word;
        String nearest = valid.stream()
                .min(Comparator.comparing(one -> distance(word, one)))
                .orElseThrow();
        throw wrong("there is no " + what + " '" + word + "'; the nearest valid one is '" + nearest + "'");
    }

    /** How many letters have to be put in, taken out or changed. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) row[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " (--help lists what there is)");
    }
}
