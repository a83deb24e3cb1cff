package dev.scopegate.sample.hub;

import dev.scopegate.problem.Unavailable;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * The command line's work on the users of a home folder, whether a hub runs or not. Passwords are typed at a terminal, which does
 * not show them, or come from standard input.
 */
public final class UserCommand {
    /** Where a password comes from. */
    @FunctionalInterface
    interface Source {
        String read() throws IOException;

        /** The first line of a pipe or file. */
        static Source of(InputStream in) {
            return () -> {
                String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
                return line == null ? "" : line;
            };
        }

        /** Somebody at the keyboard; or what is sent to the process. */
        @SuppressWarnings(
                "SystemConsoleNull") // where there always is a console, it reads what is sent to the process, too
        static Source ofProcess() {
            Console console = System.console();
            if (console == null) return of(System.in);
            return () -> {
                char[] typed = console.readPassword("The password (it is not shown): ");
                return typed == null ? "" : new String(typed);
            };
        }
    }

    private final Home home;
    private final Source password;
    private final PrintStream out;
    private final PrintStream err;

    /** For a home folder that nobody else changes meanwhile. */
    UserCommand(Home home, Source password, PrintStream out, PrintStream err) {
        this.home = home;
        this.password = password;
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
                .<Integer, Unavailable>alone(home ->
                        new UserCommand(home, Source.ofProcess(), System.out, System.err).execute(action, options));
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
        users.put(name, password.read(), Instant.now());
        err.println(
                there
                        ? "The password of '" + name + "' is another now; all its sign-ins are over."
                        : "User '" + name + "' may sign in.");
        return 0;
    }
}
