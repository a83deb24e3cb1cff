package dev.scopegate.sample.hub;

import java.nio.file.Path;
import java.util.Map;

/** Opens hubs for tests. */
final class Opened {
    private Opened() {}

    static Hub in(Path home) {
        return Hub.serving(Map.of("scopegate.home", home.toString()));
    }
}
