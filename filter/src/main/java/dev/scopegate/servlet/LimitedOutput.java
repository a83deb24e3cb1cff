package dev.scopegate.servlet;

import dev.scopegate.export.ExportMeter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stream of a response. While nothing limits the response it is the container's own; once something does, bytes go through its body. */
final class LimitedOutput extends ServletOutputStream {
    private final ContainerOutput container;
    private @Nullable LimitedBody limited;
    private boolean past;
    private boolean nonBlocking;

    LimitedOutput(ContainerOutput container) {
        this.container = container;
    }

    /** From now on the body is limited; what went before is on its way. */
    LimitedBody limit(ExportMeter meter, HeldBody held, boolean head) {
        LimitedBody body = new LimitedBody(container, meter, held, head, past);
        if (nonBlocking) body.mustNotBlock();
        limited = body;
        return body;
    }

    boolean isLimited() {
        return limited != null;
    }

    /** Something is written that no limit held for. */
    void pastLimits() {
        past = true;
    }

    private ServletOutputStream direct() throws IOException {
        past = true;
        return container.stream();
    }

    @Override
    public void write(int b) throws IOException {
        if (limited == null) direct().write(b);
        else limited.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (limited == null) direct().write(bytes, offset, length);
        else limited.write(bytes, offset, length);
    }

    /** Containers differ in how they encode it. */
    @Override
    public void print(String text) throws IOException {
        if (limited == null) direct().print(text);
        else super.print(text);
    }

    @Override
    public void flush() throws IOException {
        if (limited == null) container.stream().flush();
        else limited.flush();
    }

    @Override
    public void close() throws IOException {
        if (limited == null) container.stream().close();
        else limited.close();
    }

    @Override
    public boolean isReady() {
        try {
            return limited == null ? container.stream().isReady() : limited.isReady();
        } catch (IOException e) {
            return true; // the next write tells
        }
    }

    /** A body that is kept whole is always ready: its listener is called once, and writes all. */
    @Override
    public void setWriteListener(WriteListener listener) {
        nonBlocking = true;
        if (limited != null) limited.mustNotBlock();
        try {
            if (limited == null || !limited.isKeptWhole()) container.stream().setWriteListener(new Relay(listener));
            else listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    /** The application's listener, until the rest is ours to write. */
    private final class Relay implements WriteListener {
        private final WriteListener listener;

        Relay(WriteListener listener) {
            this.listener = listener;
        }

        @Override
        public void onWritePossible() throws IOException {
            if (limited == null || !limited.isEnding()) listener.onWritePossible();
            else limited.onWritePossible();
        }

        @Override
        public void onError(Throwable failure) {
            if (limited == null || !limited.isEnding()) listener.onError(failure);
            else limited.onError(failure);
        }
    }
}
