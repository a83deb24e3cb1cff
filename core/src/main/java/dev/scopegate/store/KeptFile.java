package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small file that is read whole, replaced whole, and locked by a file beside it. */
final class KeptFile {
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final long LOCK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

    private final Path path;

    KeptFile(Path path) {
        this.path = real(path.toAbsolutePath().normalize());
    }

    /** What a link leads to, so that a write replaces the file and not the link. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path; // reading it says so in its own sentence
        }
    }

    /** Equal as long as the file is the same one with the same content. */
    Object stamp() throws IOException {
        return stamp(path);
    }

    private static Object stamp(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return Arrays.asList(now.fileKey(), now.size(), now.lastModifiedTime());
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Takes from all others the right to read it. */
    void keepPrivate() throws IOException {
        if (isPosix()) Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    byte[] read() throws IOException {
        if (Files.size(path) > MAX_BYTES) throw new IOException("it has more than " + MAX_BYTES + " bytes");
        return Files.readAllBytes(path);
    }

    /** Makes it with this content when there is none. */
    void createIfMissing(byte[] content) throws IOException, Unavailable {
        if (Files.exists(path)) return;
        boolean made = whileLocked(() -> {
            if (Files.exists(path)) return false;
            replace(content);
            return true;
        });
        LOG.debug("the file {} {}", path, made ? "made" : "was made by another process");
    }

    /**
     * Puts a new file in the old one's place; after a crash there is the one or the other, whole.
     *
     * @return the new file's stamp, whatever takes its place next
     */
    Object replace(byte[] content) throws IOException {
        Path fresh = Files.createTempFile(folder(), "." + path.getFileName(), ".new", ownerOnly());
        Object stamp;
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            if (isPosix() && Files.exists(path)) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(path));
            }
            stamp = stamp(fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        if (isPosix()) {
            try (FileChannel entry = FileChannel.open(folder(), StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
        return stamp;
    }

    /** Something done while no other process and no other store of this process writes. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException, Unavailable;
    }

    /** Does it under the lock; waits for the lock not longer than five seconds. */
    <T> T whileLocked(Action<T> action) throws IOException, Unavailable {
        Path lock = path.resolveSibling("." + path.getFileName() + ".lock");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(lock, options, ownerOnly())) {
            long start = System.nanoTime();
            while (!tryLock(channel)) {
                if (System.nanoTime() - start > LOCK_PATIENCE_NANOS) {
                    throw new Unavailable("another process is writing the file " + path, null);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            return action.run();
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another store of this process has it
        }
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] ownerOnly() {
        if (!isPosix()) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
