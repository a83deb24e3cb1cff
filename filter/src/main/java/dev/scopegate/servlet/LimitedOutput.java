package dev.scopegate.servlet;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.problem.Problem;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a limited response. It is counted as it comes, held back until it is long or over, and dead from the moment a
 * limit is broken. The last byte of a body whose length was told waits for {@link #end}: without it the transfer is incomplete.
 */
final class LimitedOutput extends ServletOutputStream {
    private final HttpServletResponse response;
    private final HeldBody held;
    private final boolean head;
    private final boolean spools;

    private @Nullable ExportMeter meter;
    private @Nullable ServletOutputStream raw;
    private boolean unmetered;
    private boolean counting = true;
    private boolean begun;
    private boolean passing;
    private boolean left;
    private boolean over;
    private boolean ended;
    private boolean nonBlocking;
    private long declared = -1;
    private long sent;
    private long counted;
    private int last = -1;

    LimitedOutput(HttpServletResponse response, int hold, boolean spools, boolean head) {
        this.response = response;
        this.held = new HeldBody(hold, spools);
        this.spools = spools;
        this.head = head;
    }

    /** From now on the body is limited; what went before is on its way. */
    void arm(ExportMeter armed) {
        meter = armed;
    }

    /** What limits the body; null while nothing does. */
    @Nullable ExportMeter meter() {
        return meter;
    }

    private ExportMeter armed() {
        return Objects.requireNonNull(meter);
    }

    /** What was counted here was none of the data: an encoder's first bytes. */
    void countedAbove() {
        if (counting && !left) armed().takeBack(counted);
        counting = false;
    }

    /** The header says how long the body will be. */
    void declare(long length) {
        declared = length;
        if (meter != null && counting && length > 0 && response.getStatus() < 400) meter.declareLength(length);
    }

    private ServletOutputStream raw() throws IOException {
        ServletOutputStream out = raw;
        if (out == null) {
            out = response.getOutputStream();
            raw = out;
        }
        return out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (meter == null) {
            unmetered = true;
            raw().write(bytes, offset, length);
            return;
        }
        requireGoing();
        if (over || length == 0) return; // what was closed, or was sent an error, takes nothing more
        if (!begun) begin();
        int allowed = counting ? count(meter, bytes, offset, length) : length;
        if (allowed > 0) accept(bytes, offset, allowed);
        requireGoing();
    }

    private int count(ExportMeter armed, byte[] bytes, int offset, int length) {
        int allowed = armed.take(bytes, offset, length);
        counted += allowed;
        return allowed;
    }

    private void begin() {
        begun = true;
        if (response.getStatus() >= 400) armed().countNothing();
        else if (counting) armed().countLines(response.getContentType());
    }

    /** Once the container has sent the beginning, nothing can be taken back. */
    private void hand(byte[] bytes, int offset, int length) throws IOException {
        raw().write(bytes, offset, length);
        sent += length;
        if (!left && response.isCommitted()) {
            left = true;
            armed().leave();
        }
    }

    private void requireGoing() throws ExportStopped {
        Problem problem = armed().stopped();
        if (problem == null) return;
        if (!passing) held.clear();
        throw new ExportStopped(problem);
    }

    private void accept(byte[] bytes, int offset, int length) throws IOException {
        if (head) {
            raw().write(bytes, offset, length);
        } else if (passing) {
            pass(bytes, offset, length);
        } else if (!held.keep(bytes, offset, length)) {
            passing = true;
            byte[] all = held.takeWith(bytes, offset, length);
            pass(all, 0, all.length);
        }
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        if (last >= 0) throw new IOException("the body is longer than its Content-Length");
        int now = length;
        boolean reachesEnd = declared >= 0 && sent + length >= declared;
        if (reachesEnd && nonBlocking) {
            armed().finish(); // a stream that must not block has nowhere to let its last byte wait
        } else if (reachesEnd) {
            now = (int) (declared - sent) - 1;
            last = bytes[offset + now] & 0xFF;
        }
        if (now > 0) hand(bytes, offset, now);
    }

    /** Within the hold nothing is committed. */
    @Override
    public void flush() throws IOException {
        if (meter == null || (meter.stopped() == null && (passing || head))) raw().flush();
    }

    @Override
    public void close() throws IOException {
        if (meter == null) {
            raw().close();
            return;
        }
        if (meter.stopped() != null) return;
        if (nonBlocking) {
            over = true; // the end of the asynchronous request settles
            return;
        }
        end();
        raw().close();
    }

    /**
     * Settles, and sends what has waited for that.
     *
     * @throws ExportStopped when the response was stopped, or cannot be settled
     */
    void end() throws IOException {
        if (ended) return;
        ended = true;
        if (!begun && !head) begin();
        requireGoing();
        boolean answered = !passing && !unmetered && response.isCommitted() && !head;
        if (answered) takeBack(true); // the container has answered by itself, as with a redirect
        armed().finish();
        requireGoing();
        over = true;
        if (head) return;
        if (passing) {
            if (last >= 0) raw().write(last);
        } else if (held.size() > 0) {
            sendHeld();
        }
    }

    private void sendHeld() throws IOException {
        passing = true;
        if (spools && !unmetered && declared < 0) response.setContentLengthLong(held.size());
        if (!nonBlocking || spools || raw().isReady()) held.moveTo(raw());
        else throw new IOException("the response's stream is not ready for what was held back");
    }

    /** What was held is not sent: an error takes its place, or the application begins anew. */
    void discard(boolean forGood) {
        if (!left && (unmetered || !response.isCommitted())) takeBack(forGood);
    }

    private void takeBack(boolean forGood) {
        passing = false;
        sent = 0;
        counted = 0;
        last = -1;
        held.clear();
        armed().rewind();
        begun = false;
        declared = -1;
        if (!forGood) return;
        armed().countNothing();
        over = true;
    }

    /** Settles a response that ended by itself, such as by a time-out; what cannot be settled stays spent. */
    void abandon() {
        discard(true);
        try {
            armed().finish();
        } catch (ExportStopped e) {
            over = true;
        }
    }

    @Override
    public boolean isReady() {
        if (meter != null && (spools || over || meter.stopped() != null)) return true;
        try {
            return raw().isReady();
        } catch (IOException e) {
            return true; // the next write tells
        }
    }

    /** A spooled body is always ready: its listener is called once, and writes all. */
    @Override
    public void setWriteListener(WriteListener listener) {
        nonBlocking = true;
        try {
            if (meter == null || !spools) raw().setWriteListener(listener);
            else listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
