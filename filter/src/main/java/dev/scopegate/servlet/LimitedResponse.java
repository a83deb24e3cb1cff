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
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the filter hands it on: the container's own, until something limited writes into it. Armed, it counts, holds
 * back and stops the body ({@link LimitedOutput}).
 */
final class LimitedResponse extends HttpServletResponseWrapper implements MeteredResponse {
    private final ExportLimits limits;
    private final boolean spools;
    private final boolean head;
    private @Nullable LimitedOutput output;
    private @Nullable LimitedBody body;
    private @Nullable ContainerOutput container;
    private @Nullable LimitedWriter writer;
    private @Nullable Set<String> resources;
    private boolean streamGiven;
    private volatile boolean ending;
    private volatile boolean seenAgain;

    LimitedResponse(HttpServletResponse response, ExportLimits limits, boolean spools, boolean head) {
        super(response);
        this.limits = limits;
        this.spools = spools;
        this.head = head;
    }

    /** The response that it wraps. */
    HttpServletResponse container() {
        return (HttpServletResponse) getResponse();
    }

    @Override
    public ExportMeter arm(ExportMeter armed) {
        ExportMeter counting = meter();
        if (counting == null) {
            boolean whole = spools || ExportLimits.closes(getHeader("Connection"));
            body = output().limit(armed, new HeldBody(limits.hold(), whole), head);
            counting = armed;
        } else {
            counting.join(armed);
            body().countHere(); // whoever counted above counts its own bytes alone
        }
        show(counting.fields());
        return counting;
    }

    private void show(RateLimitFields fields) {
        if (!fields.policy().isEmpty()) setHeader("RateLimit-Policy", fields.policy());
        if (!fields.state().isEmpty()) setHeader("RateLimit", fields.state());
    }

    /** Whether a resource limits it from now on that has not limited it before: one that forwards to itself counts once. */
    boolean isNewlyLimitedBy(String resource) {
        Set<String> present = resources;
        if (present == null) {
            present = new HashSet<>(2);
            resources = present;
        }
        return present.add(resource);
    }

    /** The meter that counts this response; null while it is not limited. */
    @Nullable ExportMeter meter() {
        return body == null ? null : body.meter();
    }

    /** Why nothing more may leave; null while it may. */
    @Nullable Problem problem() {
        return body == null ? null : body.meter().stopped();
    }

    /** The body of a response that is limited. */
    LimitedBody body() {
        return Objects.requireNonNull(body);
    }

    private LimitedOutput output() {
        LimitedOutput present = output;
        if (present == null) {
            container = new ContainerOutput(container());
            present = new LimitedOutput(container);
            output = present;
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
        LimitedOutput present = output();
        if (body == null) Objects.requireNonNull(container).stream(); // what the container has against it, it says now
        streamGiven = true;
        return present;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        LimitedWriter present = writer;
        if (present != null) return present;
        if (streamGiven) throw new IllegalStateException("the response's stream is in use");
        LimitedOutput out = output();
        if (body == null) {
            PrintWriter containers = Objects.requireNonNull(container).writer();
            present = new LimitedWriter(out, getCharacterEncoding(), containers);
        } else {
            String encoding = getCharacterEncoding();
            super.setCharacterEncoding(encoding); // as a container does, so that Content-Type names it
            present = new LimitedWriter(out, encoding, null);
        }
        writer = present;
        return present;
    }

    /** As in a container, a writer's encoding stays. */
    @Override
    public void setCharacterEncoding(@Nullable String encoding) {
        if (writer == null || body == null) super.setCharacterEncoding(encoding);
    }

    @Override
    public void setContentType(@Nullable String type) {
        super.setContentType(type);
        if (writer != null && body != null) super.setCharacterEncoding(writer.encoding());
    }

    @Override
    public void flushBuffer() throws IOException {
        if (body == null) {
            super.flushBuffer();
            return;
        }
        if (writer != null) writer.drain();
        body.flush();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
        writer = null;
        streamGiven = false;
        if (container != null) container.forget();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    /** Forgets what was written and has not left. */
    void forget() {
        if (writer != null) writer.forget();
        if (body != null) body.discard(false);
    }

    /** A stopped response is answered by the filter, whatever the application makes of the stop. */
    @Override
    public void sendError(int status, String message) throws IOException {
        if (problem() != null) return;
        super.sendError(status, message);
        if (body != null) body.discard(true);
    }

    @Override
    public void sendError(int status) throws IOException {
        if (problem() != null) return;
        super.sendError(status);
        if (body != null) body.discard(true);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (problem() != null) return;
        super.sendRedirect(location);
        if (body != null) body.discard(true);
    }

    @Override
    public void setContentLength(int length) {
        super.setContentLength(length);
        if (body != null) body.declare(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        if (body != null) body.declare(length);
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
        return body != null && "Connection".equalsIgnoreCase(name);
    }

    private void declare(String name, @Nullable String value) {
        if (body == null || !"Content-Length".equalsIgnoreCase(name)) return;
        try {
            body.declare(value == null ? -1 : Long.parseLong(value));
        } catch (NumberFormatException e) {
            body.declare(-1); // the container complains, or sends none
        }
    }

    /** Trailers would leave uncounted. */
    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        if (body != null) throw new IllegalStateException("a limited response has no trailers");
        super.setTrailerFields(supplier);
    }

    /** The asynchronous work is over; the dispatch that comes next ends the response. */
    void beginEnd() {
        ending = true;
    }

    /** The filter has been reached by a dispatch of asynchronous work, as it has to be. */
    void seeAgain() {
        seenAgain = true;
    }

    boolean isSeenAgain() {
        return seenAgain;
    }

    /** Whether the dispatch that has come is the one that ends the response. */
    boolean isEnding() {
        return ending;
    }

    /** Settles and sends the rest, as {@link LimitedBody#end} does. */
    boolean end() throws IOException {
        if (writer != null) writer.drain();
        return body().end();
    }

    /** Whether a response is this one, or wraps it. */
    boolean isIn(ServletResponse response) {
        ServletResponse one = response;
        while (one instanceof ServletResponseWrapper wrapper && one != this) one = wrapper.getResponse();
        return one == this;
    }
}
