package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** The command line's work on the users of a home folder, whether a hub runs or not. Passwords come from standard input. */
public final class UserCommand {
    private UserCommand() {}

    /**
     * Runs one command.
     *
     * @param action {@code add}, {@code password} or {@code users}
     * @param options by name without dashes
     * @return the exit status, as {@link TokenCommand#run}
     */
    public static int run(String action, Map<String, String> options) throws IOException, Unavailable {
        return Hub.home().<Integer, Unavailable>alone(home -> {
            HubUsers users = HubUsers.of(home);
            if (action.equals("users")) {
                users.names().forEach(System.out::println);
                return 0;
            }
            String name = options.getOrDefault("name", "");
            boolean there = users.names().contains(name);
            if (there == action.equals("add")) {
                System.err.println("scopegate-sample: there is " + (there ? "a" : "no") + " user '" + name + "'");
                return 1;
            }
            users.put(name, password(), Instant.now());
            System.err.println(
                    there
                            ? "The password of '" + name + "' is another now; all its sign-ins are over."
                            : "User '" + name + "' may sign in.");
            return 0;
        });
    }

    private static String password() throws IOException {
        System.err.println("Type the password, or send it through a pipe:");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line;
    }
}
