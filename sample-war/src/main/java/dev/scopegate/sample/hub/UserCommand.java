package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** The command line's work on the users of a home folder, whether a hub runs or not. Passwords come from standard input. */
public final class UserCommand {
    private final Home home;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** For a home folder that nobody else changes meanwhile. */
    UserCommand(Home home, InputStream in, PrintStream out, PrintStream err) {
        this.home = home;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command.
     *
     * @param action {@code add}, {@code password} or {@code users}
     * @param options by name without dashes
     * @return the exit status, as {@link TokenCommand#run}
     */
    public static int run(String action, Map<String, String> options) throws IOException, Unavailable {
        return Hub.home()
                .<Integer, Unavailable>alone(
                        home -> new UserCommand(home, System.in, System.out, System.err).execute(action, options));
    }

    int execute(String action, Map<String, String> options) throws IOException, Unavailable {
        HubUsers users = HubUsers.of(home);
        if (action.equals("users")) {
            users.names().forEach(out::println);
            return 0;
        }
        String name = options.getOrDefault("name", "");
        boolean there = users.names().contains(name);
        if (there == action.equals("add")) {
            err.println("scopegate-sample: there is " + (there ? "a" : "no") + " user '" + name + "'");
            return 1;
        }
        users.put(name, password(), Instant.now());
        err.println(
                there
                        ? "The password of '" + name + "' is another now; all its sign-ins are over."
                        : "User '" + name + "' may sign in.");
        return 0;
    }

    private String password() throws IOException {
        err.println("Type the password, or send it through a pipe:");
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
