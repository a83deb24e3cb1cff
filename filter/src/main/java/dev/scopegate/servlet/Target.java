package dev.scopegate.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path that one dispatch is about to reach.
 *
 * @param path the decoded path in the application that the container dispatches on
 * @param asSent whether the request's own path, as sent, is exactly that path
 */
record Target(String path, boolean asSent) {
    /** Stands for any target where nothing depends on it. */
    static final Target ANY = new Target("/", false);

    static Target of(HttpServletRequest request) {
        String path = join(request.getServletPath(), request.getPathInfo());
        String uri = request.getRequestURI();
        int context = request.getContextPath().length();
        return new Target(path, uri.length() == context + path.length() && uri.endsWith(path));
    }

    static Target ofInclude(HttpServletRequest request) {
        Object servletPath = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
        if (servletPath == null) return of(request); // a named dispatch has no path of its own
        Object pathInfo = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        return new Target(join(servletPath.toString(), pathInfo == null ? null : pathInfo.toString()), true);
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
