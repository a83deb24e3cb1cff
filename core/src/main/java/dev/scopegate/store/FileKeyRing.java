package dev.scopegate.store;

import dev.scopegate.config.ConfigurationException;
import dev.scopegate.problem.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Keys in one file that its owner alone can read: the version in the first line, then the text. Shared by the processes of one
 * machine. Writes replace the file atomically.
 */
public final class FileKeyRing implements KeyRing {
    private final KeptFile file;

    private FileKeyRing(KeptFile file) {
        this.file = file;
    }

    /**
     * Opens the file, which is made without a key when there is none.
     *
     * @throws ConfigurationException when it cannot be read or is ill-formed
     */
    public static FileKeyRing open(Path path) {
        FileKeyRing ring = new FileKeyRing(new KeptFile(path));
        try {
            ring.file.createIfMissing(bytes(Kept.NOTHING));
            ring.file.keepPrivate();
            ring.parse();
            return ring;
        } catch (IOException | Unavailable e) {
            throw new ConfigurationException("the keys in " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Kept kept) {
        return (kept.version() + "\n" + kept.text()).getBytes(StandardCharsets.UTF_8);
    }

    private Kept parse() throws IOException {
        String[] parts = new String(file.read(), StandardCharsets.UTF_8).split("\n", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}"))
            throw new IOException("its first line is no version");
        return new Kept(Long.parseLong(parts[0]), parts[1]);
    }

    @Override
    public Kept read() throws Unavailable {
        try {
            return parse();
        } catch (IOException e) {
            throw new Unavailable("the keys in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean replace(Kept expected, String text) throws Unavailable {
        try {
            return file.whileLocked(() -> {
                Kept present = parse();
                if (present.version() != expected.version()) return false;
                file.replace(bytes(new Kept(present.version() + 1, text)));
                return true;
            });
        } catch (IOException e) {
            throw new Unavailable("the keys in " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
