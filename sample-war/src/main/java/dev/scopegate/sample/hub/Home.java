package dev.scopegate.sample.hub;

import dev.scopegate.config.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The folder in which the hub keeps everything; what it writes there is for its owner alone. */
final class Home {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path path;

    private Home(Path path) {
        this.path = path;
    }

    /** Opens the folder, which is made when there is none. */
    static Home open(Path path) {
        try {
            Files.createDirectories(path, ownerOnly(path, "rwx------"));
        } catch (IOException e) {
            throw new ConfigurationException("home: the folder " + path + " cannot be made: " + e, e);
        }
        return new Home(path);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Puts a new file in the old one's place; a reader finds the one or the other, whole. */
    void replace(String name, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(path, "." + name, ".new", ownerOnly(path, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Lets nobody else read a file that something else has made here. */
    void keepPrivate(String name) throws IOException {
        if (!Files.exists(file(name)) || ownerOnly(path, "rw-------").length == 0) return;
        Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
    }

    /** Something done while no other process, and no other thread, does something so in this folder. */
    @FunctionalInterface
    interface Action<T, X extends Exception> {
        T run(Home home) throws IOException, X;
    }

    /** Does it alone; waits for others at most ten seconds. */
    <T, X extends Exception> T alone(Action<T, X> action) throws IOException, X {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file(".lock"), options, ownerOnly(path, "rw-------"))) {
            long start = System.nanoTime();
            while (!locks(channel)) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw new IOException("another process keeps the folder " + path + " locked");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            return action.run(this);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
