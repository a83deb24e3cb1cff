package dev.scopegate.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous work on a response that may be limited. To complete it is to dispatch once more: there, on a thread that may
 * wait, the response is settled and its last bytes are sent.
 */
final class LimitedAsync implements AsyncContext {
    private final AsyncContext context;
    private final LimitedResponse response;

    LimitedAsync(AsyncContext context, LimitedResponse response) {
        this.context = context;
        this.response = response;
    }

    /** The container's context of asynchronous work, for who ends the response. */
    static AsyncContext containers(AsyncContext context) {
        return context instanceof LimitedAsync limited ? limited.context : context;
    }

    @Override
    public void complete() {
        if (response.meter() == null) {
            context.complete();
        } else if (!response.isEnding()) {
            response.beginEnd();
            context.dispatch();
        }
    }

    @Override
    public ServletRequest getRequest() {
        ServletRequest request = context.getRequest();
        return request instanceof AgainRequest again ? again.getRequest() : request;
    }

    @Override
    public ServletResponse getResponse() {
        return context.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    @Override
    public void dispatch(@Nullable ServletContext servletContext, String path) {
        context.dispatch(servletContext, path);
    }

    @Override
    public void start(Runnable run) {
        context.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        addListener(listener, getRequest(), getResponse());
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse given) {
        context.addListener(new LimitedListener(listener, response, request, given), request, given);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long milliseconds) {
        context.setTimeout(milliseconds);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
