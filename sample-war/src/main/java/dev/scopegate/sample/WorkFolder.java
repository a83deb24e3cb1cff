package dev.scopegate.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder in the home folder that one process unpacks the WAR into. It is deleted when the process ends; what a killed
 * one left behind is deleted by the next. A locked file beside the folder says that its process is alive.
 */
final class WorkFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel alive;

    private WorkFolder(Path path, FileChannel alive) {
        this.path = path;
        this.alive = alive;
    }

    /** A new one in this home folder, which is made, for its owner alone, when there is none. */
    static WorkFolder in(Path home) throws IOException {
        try {
            Path all = home.resolve("work");
            Files.createDirectories(all, ownerOnly(home));
            try (FileChannel one = lockFile(all.resolve(".lock"))) {
                one.lock();
                deleteStale(all);
                Path path = Files.createTempDirectory(all, "run-");
                FileChannel alive = lockFile(lockOf(path));
                alive.lock();
                return new WorkFolder(path, alive);
            }
        } catch (IOException e) {
            throw new IOException("the home folder " + home + " cannot be used: " + e, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path home) {
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    private static void deleteStale(Path all) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(all)) {
            folders = found.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            try (FileChannel lock = lockFile(lockOf(folder))) {
                if (lock.tryLock() != null) delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) Files.deleteIfExists(one);
        Files.deleteIfExists(lockOf(folder));
    }

    Path path() {
        return path;
    }

    /** Puts in what the WAR holds below a folder. */
    void unpack(String below) throws Exception {
        Path war = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(war)) throw new IOException("this runs from the WAR only: java -jar " + war);
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path target = path.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !entry.getName().startsWith(below) || !target.startsWith(path)) continue;
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    /** Loads a class from two folders of {@code WEB-INF}, one of classes and one of jars, and the JDK. */
    Class<?> load(String name, String classes, String jars) throws IOException, ClassNotFoundException {
        Path inside = path.resolve("WEB-INF");
        List<URL> urls = new ArrayList<>();
        urls.add(inside.resolve(classes).toUri().toURL());
        File[] files = inside.resolve(jars).toFile().listFiles();
        if (files != null) for (File jar : files) urls.add(jar.toURI().toURL());
        // stays open as long as the process lives
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        return Class.forName(name, true, loader);
    }

    /** Deletes the folder. */
    @Override
    public void close() throws IOException {
        delete(path);
        alive.close();
    }
}
