package dev.scopegate.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one dispatch is about to reach.
 *
 * @param path the decoded path in the application that the container dispatches on
 * @param asSent whether the request's own path, as sent, is exactly that path
 * @param mapping which servlet the container chose; null when it does not say
 */
record Target(String path, boolean asSent, @Nullable HttpServletMapping mapping) {

    static Target of(HttpServletRequest request) {
        String path = join(request.getServletPath(), request.getPathInfo());
        String uri = request.getRequestURI();
        int context = request.getContextPath().length();
        boolean asSent = uri.length() == context + path.length() && uri.endsWith(path);
        return new Target(path, asSent, request.getHttpServletMapping());
    }

    static Target ofInclude(HttpServletRequest request) {
        Object servletPath = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
        if (servletPath == null) return of(request); // a named dispatch has no path of its own
        Object pathInfo = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        Object mapping = request.getAttribute(RequestDispatcher.INCLUDE_MAPPING);
        return new Target(
                join(servletPath.toString(), pathInfo == null ? null : pathInfo.toString()),
                true,
                mapping instanceof HttpServletMapping chosen ? chosen : null);
    }

    private static String join(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
    }
}
