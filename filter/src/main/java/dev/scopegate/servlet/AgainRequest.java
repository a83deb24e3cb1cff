package dev.scopegate.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * The request as a dispatch of asynchronous work brings it. The one that ends a limited response is the filter's: where the
 * filter is not mapped for it, the servlet would run a second time, so it is stopped where it asks for the method.
 */
final class AgainRequest extends HttpServletRequestWrapper {
    private final LimitedResponse response;

    AgainRequest(HttpServletRequest request, LimitedResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public String getMethod() {
        if (response.isEnding() && !response.isSeenAgain()) throw new IllegalStateException(AsyncMapping.MISSING);
        return super.getMethod();
    }
}
