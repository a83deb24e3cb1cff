package dev.scopegate.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Recognises a CORS preflight (Fetch standard, "CORS-preflight request"), which browsers send without credentials. */
final class Preflight {
    private Preflight() {}

    static boolean is(ContainerRequestContext request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeaderString("Origin") != null
                && request.getHeaderString("Access-Control-Request-Method") != null
                && request.getHeaderString("Authorization") == null
                && !request.hasEntity();
    }
}
