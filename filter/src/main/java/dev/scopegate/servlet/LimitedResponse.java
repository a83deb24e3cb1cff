package dev.scopegate.servlet;

import dev.scopegate.export.ExportMeter;
import dev.scopegate.export.MeteredResponse;
import dev.scopegate.export.RateLimitFields;
import dev.scopegate.problem.Problem;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the filter hands it on: the container's own, until something limited writes into it. Armed, it counts, holds
 * back and stops the body ({@link LimitedOutput}).
 */
final class LimitedResponse extends HttpServletResponseWrapper implements MeteredResponse {
    private final int hold;
    private final boolean spools;
    private final boolean head;
    private @Nullable LimitedOutput body;
    private boolean streamGiven;
    private @Nullable PrintWriter writer;
    private boolean ending;

    LimitedResponse(HttpServletResponse response, int hold, boolean spools, boolean head) {
        super(response);
        this.hold = hold;
        this.spools = spools;
        this.head = head;
    }

    /** The response that it wraps. */
    HttpServletResponse container() {
        return (HttpServletResponse) getResponse();
    }

    @Override
    public void arm(ExportMeter armed) {
        ExportMeter present = meter();
        if (present != null) {
            present.join(armed);
            return;
        }
        body().arm(armed);
        RateLimitFields fields = armed.fields();
        if (!fields.policy().isEmpty()) setHeader("RateLimit-Policy", fields.policy());
        if (!fields.state().isEmpty()) setHeader("RateLimit", fields.state());
    }

    /** The meter that counts this response; null while it is not limited. */
    @Nullable ExportMeter meter() {
        return body == null ? null : body.meter();
    }

    /** Why nothing more may leave; null while it may. */
    @Nullable Problem problem() {
        ExportMeter present = meter();
        return present == null ? null : present.stopped();
    }

    /** The body, from the moment somebody writes it or limits it. */
    LimitedOutput body() {
        LimitedOutput present = body;
        if (present == null) {
            boolean whole = spools || ExportLimits.closes(getHeader("Connection"));
            present = new LimitedOutput(container(), hold, whole, head);
            body = present;
        }
        return present;
    }

    @Override
    public boolean isHead() {
        return head;
    }

    @Override
    public void countedAbove() {
        body().countedAbove();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (writer != null) throw new IllegalStateException("the response's writer is in use");
        streamGiven = true;
        return body();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter present = writer;
        if (present != null) return present;
        if (streamGiven) throw new IllegalStateException("the response's stream is in use");
        String encoding = getCharacterEncoding();
        setCharacterEncoding(encoding); // as a container does, so that Content-Type names it
        present = new PrintWriter(new OutputStreamWriter(body(), encoding));
        writer = present;
        return present;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) writer.flush();
        if (meter() == null) super.flushBuffer();
        else body().flush();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
        writer = null;
        streamGiven = false;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    private void forget() {
        if (meter() != null) body().discard(false);
    }

    /** A stopped response is answered by the filter, whatever the application makes of the stop. */
    @Override
    public void sendError(int status, String message) throws IOException {
        if (problem() != null) return;
        super.sendError(status, message);
        if (meter() != null) body().discard(true);
    }

    @Override
    public void sendError(int status) throws IOException {
        if (problem() != null) return;
        super.sendError(status);
        if (meter() != null) body().discard(true);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (problem() != null) return;
        super.sendRedirect(location);
        if (meter() != null) body().discard(true);
    }

    @Override
    public void setContentLength(int length) {
        super.setContentLength(length);
        if (meter() != null) body().declare(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        if (meter() != null) body().declare(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isContainers(name)) return;
        super.setHeader(name, value);
        declare(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isContainers(name)) return;
        super.addHeader(name, value);
        declare(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        super.setIntHeader(name, value);
        declare(name, String.valueOf(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        super.addIntHeader(name, value);
        declare(name, String.valueOf(value));
    }

    /** Whether to close the connection is the container's: a body that ends with it cannot look incomplete. */
    private boolean isContainers(String name) {
        return meter() != null && "Connection".equalsIgnoreCase(name);
    }

    private void declare(String name, @Nullable String value) {
        if (meter() == null || !"Content-Length".equalsIgnoreCase(name)) return;
        try {
            body().declare(value == null ? -1 : Long.parseLong(value));
        } catch (NumberFormatException e) {
            body().declare(-1); // the container complains, or sends none
        }
    }

    /** Trailers would leave uncounted. */
    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        if (meter() != null) throw new IllegalStateException("a limited response has no trailers");
        super.setTrailerFields(supplier);
    }

    /** The asynchronous work is over; the dispatch that comes next ends the response. */
    void beginEnd() {
        ending = true;
    }

    /** Whether the dispatch that has come is the one that ends the response. */
    boolean isEnding() {
        return ending;
    }

    /** Settles and sends the rest. */
    void end() throws IOException {
        if (writer != null) writer.flush();
        body().end();
    }

    /** Whether a response is this one, or wraps it. */
    boolean isIn(ServletResponse response) {
        ServletResponse one = response;
        while (one instanceof ServletResponseWrapper wrapper && one != this) one = wrapper.getResponse();
        return one == this;
    }
}
