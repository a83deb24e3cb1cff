package dev.scopegate.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** The application's listener of asynchronous work: its events lead to the limited response, never to the container's own. */
final class LimitedListener implements AsyncListener {
    private final AsyncListener listener;
    private final LimitedResponse response;
    private final ServletRequest request;
    private final ServletResponse given;

    LimitedListener(AsyncListener listener, LimitedResponse response, ServletRequest request, ServletResponse given) {
        this.listener = listener;
        this.response = response;
        this.request = request;
        this.given = given;
    }

    private AsyncEvent ours(AsyncEvent event) {
        AsyncContext context = new LimitedAsync(event.getAsyncContext(), response);
        return new AsyncEvent(context, request, given, event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        listener.onComplete(ours(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        listener.onTimeout(ours(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        listener.onError(ours(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        listener.onStartAsync(ours(event));
    }
}
