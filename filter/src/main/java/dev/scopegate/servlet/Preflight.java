package dev.scopegate.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** Recognises a CORS preflight (Fetch standard, "CORS-preflight request"), which browsers send without credentials. */
final class Preflight {
    private Preflight() {}

    static boolean is(String method, HttpServletRequest request) {
        return "OPTIONS".equals(method)
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null
                && request.getHeader("Authorization") == null
                && request.getHeader("Transfer-Encoding") == null
                && request.getContentLengthLong() <= 0;
    }
}
