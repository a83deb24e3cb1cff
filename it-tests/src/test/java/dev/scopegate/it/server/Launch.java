package dev.scopegate.it.server;

import java.util.List;
import java.util.Map;

/**
 * How a server's process is started.
 *
 * @param arguments of the Java command
 * @param environment what it needs beside the test's own
 * @param port that it was told to listen on; 0 when it takes one itself and prints
 *     {@code listens on http://127.0.0.1:PORT}
 */
record Launch(List<String> arguments, Map<String, String> environment, int port) {
    Launch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** One that takes a port itself. */
    static Launch of(List<String> arguments) {
        return new Launch(arguments, Map.of(), 0);
    }

    /** One that was told its port. */
    static Launch at(int port, String... arguments) {
        return new Launch(List.of(arguments), Map.of(), port);
    }
}
