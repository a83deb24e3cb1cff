package dev.scopegate.servlet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The beginning of a body that nobody has been sent yet: in memory up to a size, beyond it in a file if it may spill. */
final class HeldBody {
    private static final int FIRST = 4_096;
    private static final int COPY = 65_536;

    private final int most;
    private final boolean spills;
    private byte[] bytes = {};
    private int length;
    private @Nullable FileChannel file;
    private @Nullable OutputStream intoFile;

    HeldBody(int most, boolean spills) {
        this.most = most;
        this.spills = spills;
    }

    /** Whether all of a body fits. */
    boolean spills() {
        return spills;
    }

    /** Keeps the bytes, unless they do not fit. */
    boolean keep(byte[] source, int offset, int count) throws IOException {
        if (intoFile == null && length + (long) count <= most) {
            reserve(length + count);
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
            return true;
        }
        if (!spills) return false;
        spill().write(source, offset, count);
        return true;
    }

    private void reserve(int needed) {
        if (needed <= bytes.length) return;
        int doubled = Math.max(FIRST, Math.max(needed, bytes.length * 2));
        bytes = Arrays.copyOf(bytes, Math.min(Math.max(most, needed), doubled));
    }

    private OutputStream spill() throws IOException {
        if (intoFile == null) {
            Path path = Files.createTempFile("scopegate-", ".body");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            intoFile = new BufferedOutputStream(Channels.newOutputStream(file), COPY);
        }
        if (length > 0) intoFile.write(bytes, 0, length);
        length = 0;
        return intoFile;
    }

    /** All of it and more in one array, which is forgotten here: one write of a stream that may not block. */
    byte[] takeWith(byte[] more, int offset, int count) {
        byte[] all = Arrays.copyOf(bytes, length + count);
        System.arraycopy(more, offset, all, length, count);
        clear();
        return all;
    }

    long size() throws IOException {
        if (file == null || intoFile == null) return length;
        intoFile.flush();
        return file.size();
    }

    /** Hands all of it on and forgets it. */
    void moveTo(OutputStream out) throws IOException {
        try {
            FileChannel spilled = file;
            if (spilled == null || intoFile == null) {
                if (length > 0) out.write(bytes, 0, length);
                return;
            }
            intoFile.flush();
            spilled.position(0);
            byte[] copy = new byte[COPY];
            var in = Channels.newInputStream(spilled);
            for (int read = in.read(copy); read >= 0; read = in.read(copy)) out.write(copy, 0, read);
        } finally {
            clear();
        }
    }

    /** Forgets all of it. */
    void clear() {
        bytes = new byte[0];
        length = 0;
        FileChannel open = file;
        file = null;
        intoFile = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
