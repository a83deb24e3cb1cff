package dev.scopegate.servlet;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a response. While nothing limits the response it is the container's own in all that it does; once something
 * does, characters are encoded here, so that they are counted and held back.
 */
final class LimitedWriter extends PrintWriter {
    private final LimitedOutput body;
    private final String encoding;
    private final @Nullable PrintWriter containers;
    private @Nullable Writer encoder;

    /** A writer over the container's; none of the container's where the response was limited before it was asked for. */
    LimitedWriter(LimitedOutput body, String encoding, @Nullable PrintWriter containers) {
        super(Writer.nullWriter());
        this.body = body;
        this.encoding = encoding;
        this.containers = containers;
    }

    String encoding() {
        return encoding;
    }

    /** What no limit holds for goes straight there; null once one does. */
    private @Nullable PrintWriter direct() {
        if (containers == null || body.isLimited()) return null;
        body.pastLimits();
        return containers;
    }

    private Writer encoder() throws IOException {
        Writer present = encoder;
        if (present == null) {
            present = new OutputStreamWriter(body, encoding);
            encoder = present;
        }
        return present;
    }

    /** Forgets the characters that have not become bytes yet. */
    void forget() {
        encoder = null;
        clearError();
    }

    /** Makes bytes of all that was written, and tells why it cannot. */
    void drain() throws IOException {
        if (encoder != null) encoder.flush();
    }

    @Override
    public void write(int c) {
        PrintWriter direct = direct();
        if (direct != null) direct.write(c);
        else write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        PrintWriter direct = direct();
        if (direct != null) {
            direct.write(chars, offset, length);
            return;
        }
        try {
            encoder().write(chars, offset, length);
        } catch (IOException e) {
            setError();
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        PrintWriter direct = direct();
        if (direct != null) {
            direct.write(text, offset, length);
            return;
        }
        try {
            encoder().write(text, offset, length);
        } catch (IOException e) {
            setError();
        }
    }

    @Override
    public void println() {
        PrintWriter direct = direct();
        if (direct != null) direct.println();
        else write(System.lineSeparator());
    }

    @Override
    public PrintWriter format(String format, @Nullable Object... arguments) {
        PrintWriter direct = direct();
        if (direct == null) return super.format(format, arguments);
        direct.format(format, arguments);
        return this;
    }

    @Override
    public PrintWriter format(Locale locale, String format, @Nullable Object... arguments) {
        PrintWriter direct = direct();
        if (direct == null) return super.format(locale, format, arguments);
        direct.format(locale, format, arguments);
        return this;
    }

    @Override
    public void flush() {
        PrintWriter direct = direct();
        if (direct != null) {
            direct.flush();
            return;
        }
        try {
            drain();
            body.flush();
        } catch (IOException e) {
            setError();
        }
    }

    @Override
    public void close() {
        PrintWriter direct = direct();
        if (direct != null) {
            direct.close();
            return;
        }
        try {
            drain();
            body.close();
        } catch (IOException e) {
            setError();
        }
    }

    @Override
    public boolean checkError() {
        PrintWriter direct = direct();
        return direct == null ? super.checkError() : direct.checkError();
    }
}
