package dev.scopegate.store.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a JWKS file. Whether it has changed is looked at whenever a token is verified, which the cache makes rare; a new
 * one that is missing or ill-formed is logged once and the keys read before stay.
 */
final class FileKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(FileKeys.class);
    private static final int MAX_BYTES = 1 << 18;

    private final Path path;
    private volatile KeySet keys;
    private volatile boolean sound = true;
    private @Nullable Object seen;

    /** @throws IllegalArgumentException when the file cannot be used, in a sentence that names it */
    FileKeys(Path path) {
        this.path = path;
        try {
            seen = stamp();
            keys = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized KeySet current() {
        @Nullable Object stamp = null;
        try {
            stamp = stamp();
            if (stamp.equals(seen)) return keys;
            keys = read();
            sound = true;
            LOG.info("key file {} read again", path);
        } catch (IOException | IllegalArgumentException e) {
            if (!Objects.equals(stamp, seen)) {
                LOG.error("key file {} is not used, the keys read before stay: {}", path, e.toString());
            }
            sound = false;
        }
        seen = stamp;
        return keys;
    }

    private Object stamp() throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return java.util.Arrays.asList(file.lastModifiedTime(), file.size(), file.fileKey());
    }

    private KeySet read() throws IOException {
        byte[] bytes;
        try (InputStream file = Files.newInputStream(path)) {
            bytes = file.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) throw new IllegalArgumentException("it is larger than " + MAX_BYTES + " bytes");
        KeySet read = KeySet.read(bytes, complaint -> {
            throw new IllegalArgumentException(complaint);
        });
        if (read.isEmpty()) throw new IllegalArgumentException("no key in it can verify a signature");
        return read;
    }

    @Override
    public @Nullable String trouble() {
        return sound ? null : "key file " + path + " is not used, the keys read before stay";
    }
}
