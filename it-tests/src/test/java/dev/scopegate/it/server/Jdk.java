package dev.scopegate.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An installed JDK.
 *
 * @param home its folder
 */
public record Jdk(Path home) {
    /** The one that the tests run on. */
    public static final Jdk OF_THE_TESTS = new Jdk(Path.of(System.getProperty("java.home")));

    /** One of that feature release: the one that {@code JAVA_HOME_25} names, or one beside that of the tests. */
    public static Optional<Jdk> ofRelease(int feature) {
        List<Path> places = new ArrayList<>();
        String named = System.getenv("JAVA_HOME_" + feature);
        if (named != null) places.add(Path.of(named));
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(OF_THE_TESTS.home.resolveSibling(""), Files::isDirectory)) {
            siblings.forEach(places::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places.stream()
                .map(Jdk::new)
                .filter(jdk -> jdk.feature() == feature)
                .findFirst();
    }

    /** Its feature release, 17 for instance; 0 for a folder that holds no JDK. */
    public int feature() {
        try {
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=\"")) return Integer.parseInt(line.split("[\".+-]", -1)[1]);
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** The path of one of its programs. */
    public String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
