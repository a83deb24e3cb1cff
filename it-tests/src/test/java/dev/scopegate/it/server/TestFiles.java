package dev.scopegate.it.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the build has put what the tests start, and where they may write. */
public final class TestFiles {
    private TestFiles() {}

    /** The WAR under test. */
    public static Path war() {
        return Path.of(required("scopegate.war"));
    }

    /** The application that uses what only full servers have. */
    static Path eeWar() {
        return Path.of(required("scopegate.ee.war"));
    }

    /** What the build has put into a folder for one container, such as {@code jetty-12.1}. */
    static Path container(String folder) {
        return Path.of(required("scopegate.containers")).resolve(folder);
    }

    /** The class path of a server's main class, with the jars in that folder. */
    public static String classPath(String folder) {
        return testClasses() + File.pathSeparator + container(folder).resolve("*");
    }

    static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) throw new IllegalStateException("the build sets the system property " + property);
        return value;
    }

    /** The compiled tests: the class path of the servers' main classes. */
    public static Path testClasses() {
        return Path.of(URI.create(TestFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** A new empty folder of that name under {@code target/it}; what an earlier run left there is gone. */
    public static Path emptyFolder(String name) {
        Path folder = testClasses().resolveSibling("it").resolve(name);
        try {
            for (Path each : filesIn(folder, true)) Files.delete(each);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one folder in a folder, as it is where a distribution has been unpacked. */
    static Path onlyFolderIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> folders = all.filter(Files::isDirectory).toList();
            if (folders.size() != 1) throw new IOException("not one folder in " + folder + ": " + folders);
            return folders.get(0);
        }
    }

    /** Copies a folder with everything in it to where nothing is yet. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList())
                Files.copy(each, to.resolve(from.relativize(each).toString()));
        }
    }

    /** Every regular file below a folder. */
    public static List<Path> filesIn(Path folder) throws IOException {
        return filesIn(folder, false);
    }

    private static List<Path> filesIn(Path folder, boolean foldersToo) throws IOException {
        if (!Files.exists(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> foldersToo || Files.isRegularFile(each))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
