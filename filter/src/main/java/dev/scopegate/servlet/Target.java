package dev.scopegate.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path that one dispatch is about to reach.
 *
 * @param path the decoded path in the application that the container dispatches on
 * @param sent the request whose own path that is; null where another one included it
 */
record Target(String path, @Nullable HttpServletRequest sent) {
    static Target of(HttpServletRequest request, boolean include) {
        Object included = include ? request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) : null;
        String path;
        if (included == null) { // also a named dispatch, which has no path of its own
            path = join(request.getServletPath(), request.getPathInfo());
        } else {
            Object pathInfo = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
            path = join(included.toString(), pathInfo == null ? null : pathInfo.toString());
        }
        // made in one place and kept by nobody, so that the compiler need not make it
        return new Target(path, included == null ? request : null);
    }

    /** Whether the request's own path, as sent, is exactly that path; asked for only where a rule opens. */
    boolean asSent() {
        if (sent == null) return true;
        String uri = sent.getRequestURI();
        return uri.length() == sent.getContextPath().length() + path.length() && uri.endsWith(path);
    }

    private static String join(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
    }

    /** Which servlet the container chose; null when it does not say. */
    static @Nullable HttpServletMapping mapping(HttpServletRequest request, boolean include) {
        Object included = include ? request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) : null;
        return included instanceof HttpServletMapping chosen ? chosen : request.getHttpServletMapping();
    }
}
