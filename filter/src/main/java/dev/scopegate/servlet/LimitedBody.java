package dev.scopegate.servlet;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.ExportStopped;
import dev.scopegate.problem.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a limited response. It is counted as it comes, held back until it is long or over, and dead from the moment a
 * limit is broken or a write fails. The last byte of a body whose length was told waits for {@link #end}: without it the
 * transfer is incomplete.
 */
final class LimitedBody implements WriteListener {
    private final ContainerOutput container;
    private final HttpServletResponse response;
    private final ExportMeter meter;
    private final HeldBody held;
    private final boolean head;
    private final boolean prefixed;

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
    private @Nullable IOException failure;
    private @Nullable AsyncContext ending;

    /**
     * A body of which nothing was written yet.
     *
     * @param prefixed whether something was written before it that nothing limits
     */
    LimitedBody(ContainerOutput container, ExportMeter meter, HeldBody held, boolean head, boolean prefixed) {
        this.container = container;
        this.response = container.response();
        this.meter = meter;
        this.held = held;
        this.head = head;
        this.prefixed = prefixed;
    }

    ExportMeter meter() {
        return meter;
    }

    boolean isKeptWhole() {
        return held.spills();
    }

    /** A write of it is not to wait. */
    void mustNotBlock() {
        nonBlocking = true;
    }

    /** What was counted here was none of the data: an encoder's first bytes. */
    void countedAbove() {
        if (counting && !left) meter.takeBack(counted);
        counting = false;
    }

    /** From now on it is counted here again, whatever was said before. */
    void countHere() {
        counting = true;
    }

    /** The header says how long the body will be; that is asked for when the first byte comes, for there may be none. */
    void declare(long length) {
        declared = length;
        if (begun) askForDeclared();
    }

    private void askForDeclared() {
        int status = response.getStatus();
        boolean data = status < 400 && status != HttpServletResponse.SC_NOT_MODIFIED;
        if (counting && declared > 0 && data) meter.declareLength(declared);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        requireGoing();
        if (over || length == 0) return; // what was closed, or was sent an error, takes nothing more
        if (!begun) begin();
        int allowed = counting ? count(bytes, offset, length) : length;
        try {
            if (allowed > 0) accept(bytes, offset, allowed);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        requireGoing();
    }

    private int count(byte[] bytes, int offset, int length) {
        int allowed = meter.take(bytes, offset, length);
        counted += allowed;
        return allowed;
    }

    private void begin() {
        begun = true;
        if (response.getStatus() >= 400) {
            meter.countNothing();
        } else {
            if (counting) meter.countLines(response.getContentType());
            askForDeclared();
        }
    }

    /** A write that has failed leaves a gap, so nothing may follow that makes the response look whole. */
    private IOException failed(Exception e) {
        IOException gap = e instanceof IOException io ? io : new IOException(e);
        if (failure == null) failure = gap;
        return gap;
    }

    /** Once the container has sent the beginning, nothing can be taken back. */
    private void hand(byte[] bytes, int offset, int length) throws IOException {
        container.stream().write(bytes, offset, length);
        sent += length;
        if (!left && response.isCommitted()) {
            left = true;
            meter.leave();
        }
    }

    private void requireGoing() throws IOException {
        if (failure != null) throw failure;
        Problem problem = meter.stopped();
        if (problem == null) return;
        if (!passing) held.clear();
        throw new ExportStopped(problem);
    }

    private void accept(byte[] bytes, int offset, int length) throws IOException {
        if (head) {
            container.stream().write(bytes, offset, length);
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
        if (declared >= 0 && sent + length >= declared) {
            now = (int) (declared - sent) - 1;
            last = bytes[offset + now] & 0xFF;
        }
        if (now > 0) hand(bytes, offset, now);
    }

    /** Within the hold nothing is committed. */
    void flush() throws IOException {
        if (failure == null && meter.stopped() == null && (passing || head)) {
            container.stream().flush();
            if (passing && response.isCommitted() && !left) {
                left = true;
                meter.leave();
            }
        }
    }

    void close() throws IOException {
        if (meter.stopped() != null) return;
        if (nonBlocking) {
            over = true; // the end of the asynchronous request settles
            return;
        }
        if (end()) container.stream().close();
    }

    /**
     * Settles, and sends what has waited for that.
     *
     * @return whether all is sent; if not, the stream is not ready for the rest, which waits for {@link #endWith}
     * @throws ExportStopped when the response was stopped, or cannot be settled
     */
    boolean end() throws IOException {
        if (ended) return true;
        if (head) askForDeclared();
        else if (!begun) begin();
        requireGoing();
        boolean answered = !passing && !prefixed && response.isCommitted() && !head;
        if (answered) takeBack(true); // the container has answered by itself, as with a redirect
        meter.finish();
        requireGoing();
        over = true;
        return sendRest();
    }

    private boolean sendRest() throws IOException {
        boolean waits = !head && (passing ? last >= 0 : held.size() > 0);
        if (waits && nonBlocking && !isKeptWhole() && !container.stream().isReady()) return false;
        try {
            if (waits) send();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        ended = true;
        return true;
    }

    private void send() throws IOException {
        ServletOutputStream out = container.stream();
        if (passing) {
            out.write(last);
            return;
        }
        passing = true;
        if (isKeptWhole() && !prefixed && declared < 0) response.setContentLengthLong(held.size());
        held.moveTo(out);
    }

    /**
     * The stream was not ready for the rest: it is written when it is, and the asynchronous request is over then. A container
     * that has dropped the application's listener, as Tomcat does at a dispatch, takes this one.
     */
    void endWith(AsyncContext context) throws IOException {
        ending = context;
        try {
            container.stream().setWriteListener(this);
        } catch (IllegalStateException listenerIsThere) {
            return; // and calls this one
        }
    }

    /** Whether the rest waits for the stream. */
    boolean isEnding() {
        return ending != null;
    }

    @Override
    public void onWritePossible() throws IOException {
        AsyncContext context = ending;
        if (context == null || ended) return;
        if (sendRest()) context.complete();
    }

    /** The dispatch that this makes fails, so that the container ends the connection. */
    @Override
    public void onError(Throwable cause) {
        if (failure == null) failure = new IOException(cause);
        if (ending != null) ending.dispatch();
    }

    /** What was held is not sent: an error takes its place, or the application begins anew. */
    void discard(boolean forGood) {
        if (!left && (prefixed || !passing || !response.isCommitted())) takeBack(forGood);
    }

    private void takeBack(boolean forGood) {
        passing = false;
        sent = 0;
        counted = 0;
        last = -1;
        held.clear();
        meter.rewind();
        begun = false;
        declared = -1;
        if (!forGood) return;
        meter.countNothing();
        over = true;
    }

    /** Settles a response that ended by itself, such as by a time-out; what cannot be settled stays spent. */
    void abandon() {
        if (ended) return;
        over = true;
        discard(true);
        held.clear();
        try {
            meter.finish();
        } catch (ExportStopped e) {
            over = true; // nobody is left to be told
        }
    }

    boolean isReady() throws IOException {
        return isKeptWhole()
                || over
                || failure != null
                || meter.stopped() != null
                || container.stream().isReady();
    }
}
